// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.BankChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Transfers and audits: every snapshot has the same total, and a snapshot that was read once reads
 * the same for ever, wherever it is read.
 */
final class Accounts implements Patron {
  private final Tables tables;
  private final SeededRandom random;
  private final LongSupplier now;
  private final Stamps stamps;
  private final Runnable pause;

  /** The balances at each snapshot that was read. */
  private final TreeMap<Long, Map<Long, Long>> audits = new TreeMap<>();

  private int transfers;
  private int pastAudits;

  Accounts(Tables tables, SeededRandom random, LongSupplier now, Stamps stamps, Runnable pause) {
    this.tables = tables;
    this.random = random;
    this.now = now;
    this.stamps = stamps;
    this.pause = pause;
  }

  @Override
  public void ask(Member.Life life) {
    try {
      switch (random.below(5)) {
        case 0, 1, 2 -> transfer(life);
        case 3 -> audit(life);
        default -> auditPast(life);
      }
    } catch (DistDbException refusal) {
      Ending.of(refusal);
    }
  }

  private void transfer(Member.Life life) {
    long begun = now.getAsLong();
    int from = random.below(Tables.ACCOUNTS);
    int to = (from + 1 + random.below(Tables.ACCOUNTS - 1)) % Tables.ACCOUNTS;
    long amount = 1 + random.below(50);
    IsolationLevel level = random.pick(List.of(IsolationLevel.values()));
    try (Visit visit = new Visit(life, TransactionOptions.DEFAULT.withIsolation(level))) {
      change(visit, from, -amount);
      pause.run();
      change(visit, to, amount);
      pause.run();
      stamps.add(visit.commit(), begun);
      transfers++;
    }
  }

  private void change(Visit visit, int account, long by) {
    long balance = Tables.number(visit.lock(tables.accounts(), account));
    visit.put(tables.accounts(), account, Tables.bytes(balance + by));
  }

  private void audit(Member.Life life) {
    try (Visit visit = Visit.reading(life)) {
      long snapshot = visit.transaction().snapshot();
      read(snapshot, visit.transaction());
    }
  }

  private void auditPast(Member.Life life) {
    if (audits.isEmpty()) {
      return;
    }
    long snapshot = random.pick(List.copyOf(audits.keySet()));
    try (Transaction past =
        life.manager().beginAt(snapshot, TransactionOptions.DEFAULT.withReadOnly(true))) {
      read(snapshot, past);
      pastAudits++;
    } catch (DistDbException refusal) {
      // Who led before somebody else read it has not come so far.
      if (refusal.code() != ErrorCode.INVALID_PARAMETER_VALUE) {
        throw refusal;
      }
    }
  }

  /** One half by scan, the other account by account. */
  private void read(long snapshot, Transaction transaction) {
    Map<Long, Long> balances = new TreeMap<>();
    int half = Tables.ACCOUNTS / 2;
    Bytes from = Tables.bytes(half);
    try (IndexCursor rows =
        transaction.range(tables.accounts(), new KeyRange(from, null), Direction.BACKWARD)) {
      while (rows.next()) {
        balances.put(Tables.number(rows.key()), Tables.number(rows.value()));
      }
    }
    for (long account = 0; account < half; account++) {
      pause.run();
      Bytes balance = transaction.get(tables.accounts(), Tables.bytes(account));
      balances.put(account, Tables.number(balance));
    }
    Map<Long, Long> earlier = audits.putIfAbsent(snapshot, balances);
    if (earlier != null) {
      assertThat(balances).as("balances at %d, read again", snapshot).isEqualTo(earlier);
    }
  }

  @Override
  public void check(Member.Life leader) {
    audit(leader);
    List<BankChecker.Snapshot> snapshots = new ArrayList<>();
    audits.forEach(
        (at, balances) -> snapshots.add(new BankChecker.Snapshot(Long.toString(at), balances)));
    new BankChecker(Tables.TOTAL, true).check(snapshots).assertSound();
  }

  @Override
  public int answered() {
    return transfers + audits.size() + pastAudits;
  }
}
