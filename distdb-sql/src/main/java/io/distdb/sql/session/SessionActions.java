// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Waiter;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.sql.activity.DatabaseRow;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.activity.SessionRow;
import io.distdb.sql.activity.StatementRow;
import io.distdb.sql.function.SessionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What functions do to sessions, for one session. Used by its thread. */
final class SessionActions implements SessionControl {
  /** More notices of one statement are dropped, as nobody would read them. */
  private static final int NOTICES_MAX = 1_000;

  private final LocalSession session;
  private final List<Notice> notices = new ArrayList<>(0);
  private final SessionAdvisoryLocks advisory;
  private final SessionSnapshots snapshots;
  private final SessionWaits waits;
  private Waiter waiter;

  /** Of the transaction; 0: nobody has asked. */
  private long transactionNumber;

  SessionActions(LocalSession session) {
    this.session = session;
    advisory = new SessionAdvisoryLocks(session);
    snapshots = new SessionSnapshots(session);
    waits = new SessionWaits(session);
  }

  @Override
  public int processId() {
    return session.processId();
  }

  private SessionRegistry registry() {
    return session.database().databases().sessions();
  }

  @Override
  public boolean cancel(int processId) {
    return send(Signal.CANCEL, processId);
  }

  @Override
  public boolean terminate(int processId) {
    return send(Signal.TERMINATE, processId);
  }

  private boolean send(Signal signal, int processId) {
    boolean found =
        session.database().databases().signals().send(signal, processId, session.identity());
    if (!found) {
      warn("01000", "PID " + processId + " is not a PostgreSQL backend process");
    }
    return found;
  }

  @Override
  public boolean isAlive(int processId) {
    return registry().find(processId).isPresent();
  }

  @Override
  public List<SessionRow> sessions() {
    return registry().all().stream().map(other -> other.activity().row()).toList();
  }

  @Override
  public SessionRow.Client client() {
    return session.activity().client();
  }

  @Override
  public long startMicros() {
    return session.database().databases().main().activity().sinceMicros();
  }

  /** A timestamp, of which each is given out once. */
  @Override
  public long transactionNumber(boolean assign) {
    if (transactionNumber == 0 && assign) {
      transactionNumber = session.database().transactions().timestamps().next();
    }
    return transactionNumber;
  }

  @Override
  public List<DatabaseRow> databases() {
    return session.database().databases().opened().stream().map(Database::activity).toList();
  }

  @Override
  public List<LockRow> locks() {
    return LockRows.all(session.database().databases());
  }

  @Override
  public List<Integer> blockersOf(int processId) {
    return session.database().databases().waits().blockersOf(processId);
  }

  /** What the session's transactions wait for. */
  SessionWaits waits() {
    return waits;
  }

  @Override
  public List<StatementRow> statements() {
    return session.database().statistics().rows(session.database().name());
  }

  @Override
  public void resetStatements() {
    session.database().statistics().reset();
  }

  @Override
  public Waiter waiter() {
    if (waiter == null) {
      waiter = session.database().scheduler().newWaiter();
    }
    return waiter;
  }

  @Override
  public long nanoTime() {
    return session.database().clock().nanoTime();
  }

  @Override
  public void notify(String channel, String payload) {
    session.channels().send(channel, payload);
  }

  @Override
  public double notificationUsage() {
    return session.database().notifications().usage();
  }

  @Override
  public List<String> listeningChannels() {
    return session.channels().listening();
  }

  @Override
  public SessionAdvisoryLocks advisory() {
    return advisory;
  }

  @Override
  public String exportSnapshot() {
    return snapshots.export();
  }

  @Override
  public String commitStatus(UUID token) {
    return switch (session.database().transactions().outcome(new CommitToken(token))) {
      case CommitOutcome.Committed committed -> "committed";
      case CommitOutcome.Aborted aborted -> "aborted";
      case CommitOutcome.Unknown unknown -> "unknown";
    };
  }

  SessionSnapshots snapshots() {
    return snapshots;
  }

  /** What is the transaction's alone ends with it. */
  void endTransaction() {
    transactionNumber = 0;
    advisory.endTransaction();
    snapshots.endTransaction();
  }

  /** The session begins anew. */
  void releaseAll() {
    transactionNumber = 0;
    advisory.releaseAll();
    snapshots.endTransaction();
  }

  /** The session ends. Waits for nothing. */
  void abandonAll() {
    transactionNumber = 0;
    advisory.abandon();
    snapshots.endTransaction();
  }

  @Override
  public List<OpenCursor> cursors() {
    return session.cursors().open();
  }

  @Override
  public List<NamedPlan> statementsPrepared() {
    return session.statements().rows();
  }

  @Override
  public void warn(String sqlState, String message) {
    tell(Notice.warning(sqlState, message));
  }

  /** Adds to what the user is told, if the session wants to hear it. */
  void tell(Notice notice) {
    if (notices.size() < NOTICES_MAX && wants(notice)) {
      notices.add(notice);
    }
  }

  /** The result, without notices that the session does not want to hear. */
  StatementResult told(StatementResult result) {
    return result instanceof StatementResult.Command command
            && !command.notices().isEmpty()
            && !command.notices().stream().allMatch(this::wants)
        ? command.telling(command.notices().stream().filter(this::wants).toList())
        : result;
  }

  private boolean wants(Notice notice) {
    return notice.severity().isToldAt(session.settings().values().noticeRank());
  }

  /** What the user has not been told yet. */
  List<Notice> takeNotices() {
    if (notices.isEmpty()) {
      return List.of();
    }
    List<Notice> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }
}
