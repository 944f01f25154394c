// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import io.distdb.api.backup.BackupRequest;
import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import io.distdb.client.Result;
import io.distdb.node.config.Config;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** SQL through our own client. */
final class DistDbSide implements SqlSide, Writers.Side {
  private static final String INSERT = "INSERT INTO item VALUES ($1, $2)";

  private final Client client;
  private final AtomicLong nextCommit = new AtomicLong();
  private PreparedStatement select;
  private boolean hasCommits;

  DistDbSide(Config config) {
    client = Client.open(config);
  }

  @Override
  public String name() {
    return "DistDB on RocksDB";
  }

  @Override
  public void create() {
    client.execute(CREATE);
  }

  @Override
  public void loadRows(long rows) {
    for (long first = 0; first < rows; first += KeyValueSide.LOAD_BATCH) {
      long from = first;
      client.transaction(tx -> {
        for (long id = from; id < Math.min(rows, from + KeyValueSide.LOAD_BATCH); id++) {
          tx.execute(INSERT, id, SqlSide.row(id));
        }
      });
    }
  }

  /** One row a commit, so that the journal has as many entries as rows. */
  void loadOneByOne(long rows) {
    PreparedStatement insert = client.prepare(INSERT);
    for (long id = 0; id < rows; id++) {
      insert.execute(id, SqlSide.row(id));
    }
  }

  @Override
  public void settle() {
    client.checkpoint();
  }

  @Override
  public int select(long id) {
    if (select == null) {
      select = client.prepare(SELECT + "$1");
    }
    try (Result row = select.query(id)) {
      row.next();
      return row.getString(0).length();
    }
  }

  @Override
  public Writers.Row newWriter() {
    if (!hasCommits) {
      client.execute(CREATE.replace("item", "item_committed"));
      hasCommits = true;
    }
    PreparedStatement insert = client.prepare(INSERT.replace("item", "item_committed"));
    return () -> {
      long id = nextCommit.getAndIncrement();
      insert.execute(id, SqlSide.row(id));
    };
  }

  /** Takes one full backup after the other into {@code place} until it is closed. */
  AutoCloseable backups(Path place) {
    AtomicBoolean ended = new AtomicBoolean();
    Thread thread =
        Thread.ofPlatform()
            .name("backups")
            .start(() -> {
              for (int i = 0; !ended.get(); i++) {
                client.backup(BackupRequest.full(place.resolve("backup-" + i).toString()));
              }
            });
    return () -> {
      ended.set(true);
      thread.join();
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
