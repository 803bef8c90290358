// The program, the stage and the hand arrive in any order: each waits for the program.
const meeting = (globalThis.modelCollapseMeeting ??= {});
meeting.ready ??= new Promise((arrived) => (meeting.arrived = arrived));

export default function (component) {
  const visit = { over: false };
  meeting.ready.then((players) => {
    if (!visit.over) visit.leave = players.METHOD(component);
  });
  return () => {
    visit.over = true;
    if (visit.leave) visit.leave();
  };
}
