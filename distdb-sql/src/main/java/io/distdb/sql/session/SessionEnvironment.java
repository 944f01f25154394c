// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.cluster.Members;
import io.distdb.api.metrics.Metered;
import io.distdb.api.time.Clock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.describe.CatalogDefinitions;
import io.distdb.sql.function.CatalogNames;
import io.distdb.sql.function.Definitions;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.SessionControl;
import io.distdb.sql.setting.Setting;
import io.distdb.sql.setting.SettingRow;
import io.distdb.sql.setting.TextStyle;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What expressions ask of their session. All chance comes from the clock and the session's number,
 * so that a simulation with its own clock repeats itself.
 */
final class SessionEnvironment implements Environment {
  private final LocalSession session;
  private final SessionSettings settings;
  private final Clock clock;
  private final long number;
  private RandomGenerator random;
  private final SessionSequences sequences;
  private final TransactionManager transactions;
  private StatementRun run;
  private boolean known;
  private long now;
  private boolean statementKnown;
  private long statement;

  /** Where the settings were when the transaction outside of a block began. */
  private SessionSettings.Mark aloneBefore;

  /**
   * @param number of the session, unlike every other one's
   */
  SessionEnvironment(
      LocalSession session,
      SessionSettings settings,
      Clock clock,
      SessionSequences sequences,
      TransactionManager transactions,
      long number) {
    this.session = session;
    this.transactions = transactions;
    this.settings = settings;
    this.sequences = sequences;
    this.clock = clock;
    this.number = number;
  }

  /** A transaction begins: it has its own present, read when it is first asked for. */
  void beginTransaction() {
    known = false;
    aloneBefore = settings.mark();
  }

  /** A statement begins, with a present that is read when it is first asked for. */
  void beginStatement() {
    statementKnown = false;
  }

  /** Forgets the last numbers of sequences, and the seed. */
  void reset() {
    sequences.forget();
    random = null;
  }

  @Override
  public ZoneId zone() {
    return settings.values().zone();
  }

  @Override
  public long nowMicros() {
    if (!known) {
      now = clock.wallMicros();
      known = true;
    }
    return now;
  }

  @Override
  public long statementMicros() {
    if (!statementKnown) {
      nowMicros();
      statement = session.block() == null ? nowMicros() : clock.wallMicros();
      statementKnown = true;
    }
    return statement;
  }

  @Override
  public long clockMicros() {
    nowMicros(); // read first, so that it is not later than this
    return clock.wallMicros();
  }

  @Override
  public RandomGenerator random() {
    if (random == null) {
      SplittableRandom moment = new SplittableRandom(clock.wallMicros());
      SplittableRandom process = new SplittableRandom(clock.nanoTime() + moment.nextLong());
      random = new SplittableRandom(process.nextLong() ^ new SplittableRandom(number).nextLong());
    }
    return random;
  }

  @Override
  public void setSeed(double seed) {
    random = new SplittableRandom(Double.doubleToLongBits(seed));
  }

  @Override
  public String database() {
    return session.database().name();
  }

  @Override
  public String currentUser() {
    return session.identity().currentName();
  }

  @Override
  public String sessionUser() {
    return session.identity().sessionName();
  }

  @Override
  public String setting(String name) {
    return session
        .control()
        .settings()
        .ofTransaction(Setting.key(name))
        .orElseGet(() -> settings.find(name));
  }

  @Override
  public void setSetting(String name, String value, boolean local) {
    if (!session.control().settings().setOfTransaction(Setting.key(name), value)) {
      session.control().settings().change(name, value, local);
    }
  }

  @Override
  public TextStyle style() {
    return settings.values().style();
  }

  @Override
  public List<SettingRow> settings() {
    return settings.rows().stream().map(this::present).toList();
  }

  /** With the value that the transaction has, not the settings. */
  private SettingRow present(SettingRow row) {
    return session
        .control()
        .settings()
        .ofTransaction(row.setting().key())
        .map(value -> new SettingRow(row.setting(), value, row.source(), row.reset()))
        .orElse(row);
  }

  /**
   * A transaction outside of a block is over, and with it the settings that it made for itself; all
   * that it set, when it failed.
   */
  void endAlone(boolean succeeded) {
    if (succeeded) {
      settings.endLocal();
    } else {
      settings.backTo(aloneBefore);
    }
  }

  @Override
  public Transaction latest() {
    return transactions.begin(TransactionOptions.DEFAULT.withReadOnly(true));
  }

  /** A statement begins, whose names mean what they mean to {@code begun}. */
  void within(StatementRun begun) {
    run = begun;
  }

  /** No statement is under way: what the last one has worked on is nobody's memory. */
  void letGo() {
    run = null;
    sequences.letGo();
  }

  /** It is over, and with it its transaction. */
  void over() {
    run = null;
  }

  @Override
  public CatalogView catalog() {
    if (run != null) {
      return run.view();
    }
    TransactionBlock block = session.block();
    return block == null || !block.hasBegun()
        ? session.database().definitions()
        : block.view(session.database().catalog());
  }

  @Override
  public List<String> searchPath() {
    return session.searchPath();
  }

  @Override
  public Definitions definitions() {
    return new CatalogDefinitions(catalog(), searchPath());
  }

  @Override
  public CatalogNames names() {
    return new CatalogReferences(catalog(), searchPath());
  }

  @Override
  public Map<String, Long> databases() {
    return session.database().databases().numbers();
  }

  @Override
  public ObjectAccess accessOf(String database) {
    return session.database().databases().accessOf(database).orElse(ObjectAccess.FIRST);
  }

  @Override
  public Metered metrics() {
    return session.database().databases().metrics();
  }

  @Override
  public Members members() {
    Neighbours neighbours = session.database().databases().neighbours();
    return neighbours.isAlone() ? Members.NONE : neighbours.cluster().administration();
  }

  @Override
  public SessionControl session() {
    return session.actions();
  }

  @Override
  public SessionSequences sequences() {
    return sequences;
  }
}
