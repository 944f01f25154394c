// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of each row that writers tried to insert, each under a key of its own and once: what
 * was acknowledged is there whatever happened since, what was refused is not, and of the rest each
 * may be.
 */
final class Ledger {
  static final String TABLE = "CREATE TABLE ledger (id BIGINT PRIMARY KEY, part BIGINT, note TEXT)";
  static final String INDEX = "CREATE INDEX ledger_part ON ledger (part)";
  static final String INSERT = "INSERT INTO ledger VALUES ($1, $2, $3)";

  private static final int PARTS = 97;
  private static final int NOTE_LENGTH = 600;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

  final Set<Long> acknowledged = new ConcurrentSkipListSet<>();
  final Set<Long> refused = new ConcurrentSkipListSet<>();
  final Set<Long> unknown = new ConcurrentSkipListSet<>();

  /** Acknowledged since the ledger was made. */
  final AtomicLong acknowledgements = new AtomicLong();

  final AtomicLong refusals = new AtomicLong();

  /** Of each writer. */
  private final Map<Long, Long> refusalsOf = new ConcurrentHashMap<>();

  void acknowledged(long id) {
    acknowledged.add(id);
    acknowledgements.incrementAndGet();
  }

  void failed(long id, String sqlState) {
    if (sqlState.equals("08007")) {
      unknown.add(id);
    } else {
      refused.add(id);
    }
    refusalsOf.merge(id / FaultyProcess.IDS_PER_THREAD, 1L, Long::sum);
    refusals.incrementAndGet();
  }

  /** How often a writer, counted from 0, was refused. */
  long refusalsOf(long writer) {
    return refusalsOf.getOrDefault(writer, 0L);
  }

  static long part(long id) {
    return id % PARTS;
  }

  /** Text that hardly shrinks, another for each id. */
  static String note(long id) {
    SplittableRandom random = new SplittableRandom(id);
    StringBuilder text = new StringBuilder(NOTE_LENGTH);
    for (int i = 0; i < NOTE_LENGTH; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  /** Reads everything, by the table and by its index. */
  void check(Client client) {
    Set<Long> found = new ConcurrentSkipListSet<>();
    client
        .query("SELECT id, part, note FROM ledger")
        .forEach(row -> {
          long id = row.getLong("id");
          found.add(id);
          assertThat(row.getLong("part")).isEqualTo(part(id));
          assertThat(row.getString("note")).isEqualTo(note(id));
        });
    assertThat(found).as("acknowledged rows").containsAll(acknowledged);
    Set<Long> undead = new ConcurrentSkipListSet<>(found);
    undead.retainAll(refused);
    assertThat(undead).as("rows that were refused").isEmpty();
    PreparedStatement byPart = client.prepare("SELECT count(*) FROM ledger WHERE part = $1");
    long indexed = 0;
    for (long part = 0; part < PARTS; part++) {
      indexed += byPart.query(part).toList(row -> row.getLong(0)).getFirst();
    }
    assertThat(indexed).as("entries of the index").isEqualTo(found.size());
  }
}
