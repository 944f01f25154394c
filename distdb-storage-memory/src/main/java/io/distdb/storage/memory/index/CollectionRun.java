// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

/** One call of the collector: its safe point, its pass, and how much it may still look at. */
final class CollectionRun {
  final long safePoint;

  /** Nodes due in this pass or an earlier one are visited; what they keep is due in the next. */
  private int pass;

  private int versionsLeft;

  CollectionRun(long safePoint, int versionsMax) {
    this.safePoint = safePoint;
    this.versionsLeft = versionsMax;
  }

  /** Each tree counts its own passes. */
  void startPass(int treePass) {
    pass = treePass;
  }

  int nextPass() {
    return pass + 1;
  }

  void looked(int versions) {
    versionsLeft -= versions;
  }

  boolean isExhausted() {
    return versionsLeft <= 0;
  }

  boolean visits(int duePass) {
    return duePass != 0 && duePass <= pass && !isExhausted();
  }

  /** Due passes combined: the earlier one, where 0 is none. */
  static int earlier(int left, int right) {
    return left == 0 || right != 0 && right < left ? right : left;
  }
}
