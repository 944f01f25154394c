// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs what it is given at once, in the thread that gives it. Owns nothing, so never ends. */
final class CallerThreadExecutor extends AbstractExecutorService {
  static final CallerThreadExecutor INSTANCE = new CallerThreadExecutor();

  private CallerThreadExecutor() {}

  @Override
  public void execute(Runnable command) {
    command.run();
  }

  @Override
  public void shutdown() {
    // Nothing to stop: no thread belongs to it.
  }

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
