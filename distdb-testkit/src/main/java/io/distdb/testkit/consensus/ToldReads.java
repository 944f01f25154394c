// SPDX-License-Identifier: MIT
package io.distdb.testkit.consensus;

import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.error.DistDbException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the reads of a test were told, in the order in which it came. Thread-safe. */
final class ToldReads {
  static final String CONFIRMED = "confirmed";

  private final List<String> told = new ArrayList<>();

  /** To be told by a group; whatever it is told again is noted again. */
  ReadConfirmation read(String name) {
    return read(name, () -> CONFIRMED);
  }

  /**
   * @param confirmed what is noted of a read that may be, found out when it is told
   */
  ReadConfirmation read(String name, Supplier<Object> confirmed) {
    return new ReadConfirmation() {
      @Override
      public void confirmed() {
        add(name + " " + confirmed.get());
      }

      @Override
      public void refused(DistDbException why) {
        add(name + " " + why.code());
      }
    };
  }

  private synchronized void add(String text) {
    told.add(text);
  }

  synchronized List<String> all() {
    return List.copyOf(told);
  }

  synchronized int count() {
    return told.size();
  }
}
