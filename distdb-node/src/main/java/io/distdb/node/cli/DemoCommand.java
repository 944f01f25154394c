// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./distdb demo}. */
@Command(name = "demo", description = "A guided run.", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 1;
  }
}
