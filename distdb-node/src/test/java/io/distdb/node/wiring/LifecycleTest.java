// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LifecycleTest {
  private final List<String> closed = new ArrayList<>();
  private final Lifecycle lifecycle = new Lifecycle();

  private void open(String name, Exception failure) {
    lifecycle.opened(
        name,
        () -> {
          closed.add(name);
          if (failure != null) {
            throw failure;
          }
        });
  }

  @Test
  void whatOpenedLastClosesFirstAndOnce() {
    open("a", null);
    open("b", null);
    lifecycle.close();
    lifecycle.close();
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void aPartThatFailsToCloseDoesNotKeepTheOthersOpen() {
    open("a", new IllegalStateException("second"));
    open("b", new IOException("first"));
    open("c", null);
    assertThatThrownBy(lifecycle::close)
        .hasRootCauseMessage("first")
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("c", "b", "a");
  }
}
