// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.io.PrintStream;

/** Lines with the seconds since the run began. */
final class Say {
  private final PrintStream out;
  private final long begun = System.nanoTime();

  Say(PrintStream out) {
    this.out = out;
  }

  void line(String format, Object... arguments) {
    String text = arguments.length == 0 ? format : String.format(format, arguments);
    out.printf("%7.1f  %s%n", seconds(System.nanoTime()), text);
  }

  /** Of the summary: without a time. */
  void plain(String format, Object... arguments) {
    out.println(arguments.length == 0 ? format : String.format(format, arguments));
  }

  double seconds(long nanos) {
    return (nanos - begun) / 1e9;
  }
}
