// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.util.ArrayList;
import java.util.List;

/** What did not hold. For many threads. */
final class Findings {
  private final Say say;
  private final List<String> lines = new ArrayList<>();

  Findings(Say say) {
    this.say = say;
  }

  synchronized void add(String format, Object... arguments) {
    String line = String.format(format, arguments);
    lines.add(line);
    say.line("FOUND: %s", line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
