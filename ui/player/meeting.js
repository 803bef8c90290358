// The program, the stage and the hand arrive in any order: each waits for the program.
const meeting = (globalThis.modelCollapseMeeting ??= {});
meeting.ready ??= new Promise((arrived) => (meeting.arrived = arrived));

export default function (component) {
  const visit = { over: false };
  // Where newer data came while this was fetched, Streamlit may call with the older ones last, and
  // says at once that their visit is over: nothing is mounted before it could have said so.
  const mount = (players) => {
    if (!visit.over) visit.leave = players.METHOD(component);
  };
  meeting.ready.then((players) => setTimeout(mount, 0, players));
  return () => {
    visit.over = true;
    if (visit.leave) visit.leave();
  };
}
