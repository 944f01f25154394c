// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;

/** The subplans of one execution of a statement, with what they have answered. One thread. */
public final class SubplanRuns {
  private final SubplanProgram[] programs;
  private final SubplanRun[] runs;

  SubplanRuns(SubplanProgram[] programs) {
    this.programs = programs;
    runs = new SubplanRun[programs.length];
  }

  SubplanRun run(int id) {
    Invariant.check(id < programs.length && programs[id] != null, "no subplan %s", id);
    if (runs[id] == null) {
      runs[id] = new SubplanRun(programs[id]);
    }
    return runs[id];
  }
}
