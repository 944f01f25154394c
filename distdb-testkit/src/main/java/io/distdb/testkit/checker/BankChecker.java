// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Transfers between accounts neither make nor lose money, at any snapshot. */
public final class BankChecker {
  private final long total;
  private final boolean negativeAllowed;

  /**
   * @param total of all balances, always
   * @param negativeAllowed whether an account may be overdrawn
   */
  public BankChecker(long total, boolean negativeAllowed) {
    this.total = total;
    this.negativeAllowed = negativeAllowed;
  }

  /**
   * All balances in one snapshot.
   *
   * @param label names the read in messages, such as its timestamp
   */
  public record Snapshot(String label, Map<Long, Long> balances) {
    public Snapshot {
      balances = new TreeMap<>(balances);
    }
  }

  public CheckResult check(List<Snapshot> snapshots) {
    CheckResult.Builder result = new CheckResult.Builder();
    for (Snapshot snapshot : snapshots) {
      long sum = 0;
      for (Map.Entry<Long, Long> account : snapshot.balances().entrySet()) {
        sum += account.getValue();
        if (account.getValue() < 0 && !negativeAllowed) {
          result.add(
              AnomalyKind.WRONG_TOTAL,
              "snapshot %s: account %d has %d",
              snapshot.label(),
              account.getKey(),
              account.getValue());
        }
      }
      if (sum != total) {
        result.add(
            AnomalyKind.WRONG_TOTAL,
            "snapshot %s: the total is %d, not %d: %s",
            snapshot.label(),
            sum,
            total,
            snapshot.balances());
      }
    }
    return result.build();
  }
}
