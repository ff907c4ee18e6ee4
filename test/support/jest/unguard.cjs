/**
 * Takes off what `unit.cjs` laid around Node's own modules. They are the same objects for every file that a worker runs, and
 * a unit test that could not even be loaded never ran its `afterAll`.
 */
const childProcess = require("node:child_process");

const UNDO = Symbol.for("relay.tests.undoGuard");

childProcess[UNDO]?.();

module.exports = {
  UNDO,
  /** @param {() => void} undo */
  remember(undo) {
    childProcess[UNDO] = () => {
      delete childProcess[UNDO];
      undo();
    };
  },
};
