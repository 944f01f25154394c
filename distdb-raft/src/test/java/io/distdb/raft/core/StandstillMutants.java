// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Bugs that lose nothing: the group stands still. The first ones were in the core once. */
final class StandstillMutants {
  private StandstillMutants() {}

  static Map<String, Supplier<Strategy>> all() {
    LinkedHashMap<String, Supplier<Strategy>> all = new LinkedHashMap<>();
    all.put("a learner that has nothing becomes a voter", () -> StandstillMutants::anyLearner);
    all.put("who leaves does not stand", () -> StandstillMutants::leaverIsSilent);
    all.put("lost entries are not sent again", () -> StandstillMutants::neverAgain);
    all.put("a leader that hears nobody stays", () -> StandstillMutants::staysForEver);
    return all;
  }

  private static List<Effect> anyLearner(RaftCore core, Event event) {
    if (!(event instanceof Event.ChangeMembership change) || !core.leads()) {
      return core.step(event);
    }
    LinkedHashMap<Progress, Long> matches = new LinkedHashMap<>();
    core.state.progress.values().forEach(known -> matches.put(known, known.match));
    core.state.progress.values().forEach(known -> known.match = Long.MAX_VALUE);
    // What is sent tells the smaller of match and commit, and is of this step alone.
    List<Effect> effects = core.step(change);
    matches.forEach((known, match) -> known.match = match);
    return effects;
  }

  private static List<Effect> leaverIsSilent(RaftCore core, Event event) {
    if (!core.membership().votes(core.self()) && !core.leads()) {
      core.state.elapsed = 0;
    }
    return core.step(event);
  }

  private static List<Effect> neverAgain(RaftCore core, Event event) {
    return event instanceof Event.Received mail
            && (mail.message() instanceof Message.AppendRejected
                || mail.message() instanceof Message.HeartbeatReply)
            && core.leads()
            && mail.message().term() == core.term()
        ? List.of()
        : core.step(event);
  }

  private static List<Effect> staysForEver(RaftCore core, Event event) {
    if (core.leads()) {
      core.state.progress.values().forEach(known -> known.active = true);
    }
    return core.step(event);
  }
}
