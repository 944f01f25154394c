// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.node.config.Config;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Practises on an empty database in memory while a large directory is read: a Java process takes a
 * third of a second to load and link the classes of its first statement, which need not come after
 * the reading. Once in a process, and not in simulations.
 *
 * @param listener told what this is told
 */
record WarmUp(Journal.Progress listener) implements Journal.Progress {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** What is read in less than a tenth of a second is not worth a thread. */
  private static final long WORTHWHILE_BYTES = 4 << 20;

  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  /** The same surroundings; the first large file that is read begins the practice. */
  static Surroundings within(Surroundings surroundings) {
    return surroundings.disk().flatMap(Disk::localPath).isPresent()
        ? surroundings.withProgress(new WarmUp(surroundings.progress()))
        : surroundings;
  }

  @Override
  public void at(long doneBytes, long totalBytes) {
    if (totalBytes >= WORTHWHILE_BYTES && BEGUN.compareAndSet(false, true)) {
      Thread.ofPlatform().name("distdb-warm-up").daemon(true).start(WarmUp::practise);
    }
    listener.at(doneBytes, totalBytes);
  }

  private static void practise() {
    Config config = Config.inMemory();
    try (Node node = Node.start(config, Surroundings.system(config));
        Session session = node.database().newSession()) {
      session.execute("CREATE TABLE practice (id BIGINT PRIMARY KEY, note TEXT)");
      if (session.execute("SELECT note FROM practice WHERE id = 1")
          instanceof StatementResult.Rows answer) {
        answer.rows().close();
      }
    } catch (RuntimeException failed) {
      LOG.debug("a first statement will be slower", failed);
    }
  }
}
