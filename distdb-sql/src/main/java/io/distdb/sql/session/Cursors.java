// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.SessionStatement.CursorOptions;
import io.distdb.sql.execute.KeptRows;
import io.distdb.sql.function.SessionControl;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.spill.SpillScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * DECLARE, FETCH, MOVE and CLOSE in one session, and its open cursors, which share their names with
 * the protocol's portals. Used by its thread.
 */
final class Cursors implements ServerCursors {
  private static final String DECLARE = "DECLARE CURSOR";

  /** What the rows of a cursor may take in memory, as a part of query_memory. */
  private static final int MEMORY_PART = 16;

  private final LocalSession session;
  private final Map<String, Cursor> cursors = new LinkedHashMap<>();
  private ProtocolPortals portals = ProtocolPortals.NONE;

  Cursors(LocalSession session) {
    this.session = session;
  }

  StatementResult run(SessionStatement.OfCursor statement) {
    return switch (statement) {
      case SessionStatement.DeclareCursor declare -> declare(declare);
      case SessionStatement.FetchCursor fetch -> fetch(fetch);
      case SessionStatement.CloseCursor close -> close(close);
    };
  }

  /** Columns of what FETCH answers; none while there is no such cursor. */
  List<ResultColumn> columns(SessionStatement.OfCursor statement) {
    if (!(statement instanceof SessionStatement.FetchCursor fetch) || fetch.move()) {
      return List.of();
    }
    String name = fetch.name().text();
    Cursor declared = cursors.get(name);
    if (declared == null) {
      return portals.has(name) ? portals.columns(name) : List.of();
    }
    return declared.columns();
  }

  @Override
  public Optional<ServerCursor> find(String name) {
    Cursor declared = cursors.get(name);
    return declared == null && portals.has(name)
        ? Optional.of(portals.cursor(name))
        : Optional.ofNullable(declared);
  }

  private Cursor require(Name name) {
    Cursor cursor = (Cursor) find(name.text()).orElseThrow(() -> missing(name.text()));
    cursor.checkUsable();
    return cursor;
  }

  private static DistDbException missing(String name) {
    return new DistDbException(
        ErrorCode.INVALID_CURSOR_NAME, "cursor \"" + name + "\" does not exist");
  }

  /** An empty store whose rows outlive the statement. */
  KeptRows newStore(List<ResultColumn> columns) {
    SpillScope scope = new SpillScope(session.database().spill());
    long memory = session.settings().values().queryMemoryBytes();
    return new KeptRows(
        columns.stream().map(ResultColumn::type).toList(),
        scope,
        scope.isAvailable() ? memory / MEMORY_PART : memory);
  }

  // --- DECLARE ---

  private StatementResult declare(SessionStatement.DeclareCursor declare) {
    if (!declare.options().hold()) {
      session.control().blocks().any(DECLARE);
    }
    if (session.block() == null) {
      return session.control().blocks().inOwnBlock(() -> declare(declare));
    }
    String name = declare.name().text();
    if (cursors.containsKey(name) || portals.has(name)) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_CURSOR, "cursor \"" + name + "\" already exists");
    }
    if (declare.options().binary()) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "DECLARE BINARY CURSOR is not supported");
    }
    CachedStatement query = new CachedStatement(declare.query());
    PreparedPlan plan = session.binder().inShortRun(query, StatementRun::plan);
    boolean scrollable = check(declare.options(), plan);
    Cursor.Facts facts =
        new Cursor.Facts(
            name,
            declare.text(),
            declare.options().hold(),
            scrollable,
            session.environment().statementMicros());
    StatementResult opened = session.run(query, Arguments.Given.NONE);
    CursorRows rows = (CursorRows) ((StatementResult.Rows) opened).rows();
    RunningStatement running = session.runner().pauseCurrent();
    int depth = session.block().savepointCount();
    cursors.put(name, new Cursor(facts, rows, running, newStore(plan.columns()), depth));
    return StatementResult.Command.of(DECLARE, Optional.empty());
  }

  /** Whether the cursor scrolls. */
  private static boolean check(CursorOptions options, PreparedPlan plan) {
    if (!plan.parameterTypes().isEmpty()) {
      throw new DistDbException(ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $1");
    }
    if (!(plan.statement() instanceof BoundStatement.Query query)) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "DECLARE CURSOR must not contain data-modifying statements in WITH");
    }
    if (locksRows(query.relation())) {
      checkReadOnly(options);
      return false;
    }
    return options.scroll().orElseGet(() -> isSimple(query.relation()));
  }

  private static void checkReadOnly(CursorOptions options) {
    if (options.hold()) {
      throw notReadOnly(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "DECLARE CURSOR WITH HOLD ... FOR UPDATE is not supported",
          "Holdable cursors");
    }
    if (options.scroll().orElse(false)) {
      throw notReadOnly(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "DECLARE SCROLL CURSOR ... FOR UPDATE is not supported",
          "Scrollable cursors");
    }
    if (options.insensitive()) {
      throw notReadOnly(
          ErrorCode.INVALID_CURSOR_DEFINITION,
          "DECLARE INSENSITIVE CURSOR ... FOR UPDATE is not valid",
          "Insensitive cursors");
    }
  }

  private static DistDbException notReadOnly(ErrorCode code, String message, String which) {
    return new DistDbException(code, message).withDetail(which + " must be READ ONLY.");
  }

  private static boolean locksRows(Relation relation) {
    return switch (relation) {
      case Relation.LockRows locking -> true;
      case Relation.Project project -> locksRows(project.input());
      case Relation.Limit limit -> locksRows(limit.input());
      case Relation.Sort sort -> locksRows(sort.input());
      case Relation.With with -> locksRows(with.body());
      default -> false;
    };
  }

  /** Whether PostgreSQL could run the query backward as it is: a scan, sorted or limited. */
  private static boolean isSimple(Relation relation) {
    return switch (relation) {
      case Relation.Scan scan -> true;
      case Relation.FunctionRows rows -> true;
      case Relation.LiveRows rows -> true;
      case Relation.CommonTableScan scan -> true;
      case Relation.Values values -> values.rows().size() > 1;
      case Relation.Filter filter -> isSimple(filter.input());
      case Relation.Project project -> isSimple(project.input());
      case Relation.Sort sort -> true;
      case Relation.Limit limit -> isSimple(limit.input());
      case Relation.Union union -> union.inputs().stream().allMatch(Cursors::isSimple);
      case Relation.With with -> isSimple(with.body());
      default -> false;
    };
  }

  // --- FETCH, MOVE, CLOSE ---

  private StatementResult fetch(SessionStatement.FetchCursor fetch) {
    Cursor cursor = require(fetch.name());
    RunningStatement running = cursor.running();
    session.runner().resume(running);
    boolean handedOn = false;
    try {
      if (fetch.move()) {
        return new StatementResult.Command("MOVE", move(cursor, fetch));
      }
      CursorRows rows = rows(cursor, running, fetch.direction(), fetch.count());
      handedOn = true;
      return new StatementResult.Rows(rows, "FETCH");
    } finally {
      if (!handedOn) {
        session.runner().pause(running);
      }
    }
  }

  private CursorRows rows(
      Cursor cursor, RunningStatement running, SessionStatement.Direction direction, long count) {
    FetchRows rows = FetchRows.of(cursor, direction, count);
    FetchEnd end = new FetchEnd(session, running, session.block());
    CursorRows result = new CursorRows(cursor.columns(), rows, session.environment(), end);
    end.of(result);
    return result;
  }

  private static long move(Cursor cursor, SessionStatement.FetchCursor fetch) {
    return FetchRows.staysOnRow(cursor, fetch.direction(), fetch.count())
        ? 1
        : FetchRows.of(cursor, fetch.direction(), fetch.count()).skip();
  }

  private StatementResult close(SessionStatement.CloseCursor close) {
    if (close.name().isEmpty()) {
      closeAll();
      portals.closeAll();
      return StatementResult.Command.of("CLOSE CURSOR ALL", Optional.empty());
    }
    String name = close.name().get().text();
    if (cursors.containsKey(name)) {
      close(name);
    } else if (!portals.close(name)) {
      throw missing(name);
    }
    return StatementResult.Command.of("CLOSE CURSOR", Optional.empty());
  }

  // --- as portals ---

  @Override
  public void shareNames(ProtocolPortals newPortals) {
    portals = newPortals;
  }

  @Override
  public StatementResult.Rows fetch(ServerCursor portal, long rowsMax) {
    session.checkOpen();
    if (session.block() != null) {
      session.block().checkNotFailed();
    }
    Cursor cursor = (Cursor) portal;
    cursor.checkUsable();
    session.runner().resume(cursor.running());
    return new StatementResult.Rows(
        rows(cursor, cursor.running(), SessionStatement.Direction.FORWARD, rowsMax));
  }

  @Override
  public void close(String name) {
    Cursor cursor = cursors.remove(name);
    if (cursor != null) {
      cursor.close();
    }
  }

  @Override
  public ServerCursor over(String name, String text, ResultRows rows, long passed) {
    CursorRows source = (CursorRows) rows;
    Cursor.Facts facts =
        new Cursor.Facts(name, text, false, false, session.environment().statementMicros());
    KeptRows store = newStore(source.columns());
    session.runner().pause(source.running());
    return new Cursor(facts, source, source.running(), store, 0).after(passed);
  }

  // --- what transactions do to them ---

  /** A transaction ends: with it go the portals. */
  void endPortals() {
    portals.closeAll();
  }

  void closeAll() {
    closeWhere(cursor -> true);
  }

  private void closeWhere(Predicate<Cursor> which) {
    if (cursors.isEmpty()) {
      return;
    }
    for (Cursor cursor : new ArrayList<>(cursors.values())) {
      if (which.test(cursor)) {
        cursors.remove(cursor.facts().name());
        cursor.close();
      }
    }
  }

  /** Whether a commit has something to do. */
  boolean isEmpty() {
    return cursors.isEmpty();
  }

  /**
   * Cursors WITH HOLD take the rows that are left, the others close.
   *
   * @throws DistDbException as their queries do; the transaction must not be committed then
   */
  void beforeCommit() {
    closeWhere(cursor -> !cursor.facts().holdable());
    for (Cursor cursor : cursors.values()) {
      if (!cursor.isHeld()) {
        session.runner().resume(cursor.running());
        cursor.hold();
        session.runner().pause(cursor.running());
      }
    }
  }

  /** The transaction is rolled back: with it go the cursors that were declared in it. */
  void rolledBack() {
    closeWhere(cursor -> !cursor.isHeld());
  }

  /** So do those that were declared after a savepoint. */
  void rolledBackTo(int savepoints) {
    closeWhere(cursor -> !cursor.isHeld() && cursor.depth() > savepoints);
  }

  void released(int savepoints) {
    cursors.values().forEach(cursor -> cursor.surface(savepoints));
  }

  /** Those that are open, as {@code pg_cursors} shows them. */
  List<SessionControl.OpenCursor> open() {
    return Stream.concat(declared(), portals.open().stream()).toList();
  }

  private Stream<SessionControl.OpenCursor> declared() {
    return cursors.values().stream()
        .map(Cursor::facts)
        .map(facts ->
            new SessionControl.OpenCursor(
                facts.name(),
                facts.statement(),
                facts.holdable(),
                false,
                facts.scrollable(),
                facts.createdMicros()));
  }
}
