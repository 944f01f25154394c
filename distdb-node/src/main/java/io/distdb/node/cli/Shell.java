// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session with a person or a script: runs statements and backslash commands, prints. */
final class Shell implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shell.class);

  private final PrintWriter out;
  private final PrintWriter err;
  private final ErrorPrinter errors;
  private final MetaCommands metaCommands;
  private final Clock clock = Clock.system();
  private ShellDatabase database;
  private Session session;
  private final Variables variables = new Variables();
  private final InlineCopy copies = new InlineCopy();
  private final Scripts scripts = new Scripts(this);
  private ResultTarget target;
  private Display display = Display.DEFAULT;
  private Terminal terminal = Terminal.NONE;
  private String lastStatement = "";
  private Pager.Use paging = Pager.Use.ON;
  private boolean timing;
  private boolean ended;
  private boolean lost;

  /**
   * @param database to begin with; the shell's own now
   * @param showProgress whether long loads tell how far they are, on {@code err}
   */
  Shell(ShellDatabase database, PrintWriter out, PrintWriter err, boolean showProgress) {
    this.database = database;
    this.out = out;
    this.err = err;
    this.errors = new ErrorPrinter(err);
    session = database.newSession();
    target = new ResultTarget(out);
    this.metaCommands = new MetaCommands(this, out, showProgress ? err : null);
  }

  ShellDatabase database() {
    return database;
  }

  /**
   * Goes on in another database, with a new session.
   *
   * @throws DistDbException {@code UNDEFINED_DATABASE} or what its server says: nothing has changed
   */
  void connect(String name) {
    ShellDatabase next = database.other(name);
    close();
    database = next;
    session = next.newSession();
  }

  /** Rolls back what is open. */
  @Override
  public void close() {
    session.close();
    database.close();
  }

  Session session() {
    return session;
  }

  boolean isEnded() {
    return ended;
  }

  void quit() {
    ended = true;
  }

  Variables variables() {
    return variables;
  }

  Display display() {
    return display;
  }

  void show(Display other) {
    display = other;
  }

  boolean timing() {
    return timing;
  }

  void time(boolean on) {
    timing = on;
  }

  Pager.Use paging() {
    return paging;
  }

  void page(Pager.Use use) {
    paging = use;
  }

  void onTerminal(Terminal of) {
    terminal = of;
  }

  /** Where the data of COPY … FROM STDIN come from; returns where they came from before. */
  InlineCopy.Lines copyFrom(InlineCopy.Lines lines) {
    return copies.readFrom(lines);
  }

  Scripts scripts() {
    return scripts;
  }

  /** Whether more lines come from where the last one came. */
  boolean hasFollowingLines() {
    return terminal != Terminal.NONE || scripts.isRunning();
  }

  /** Takes the lines that follow as the data of {@code \\copy … FROM STDIN}. */
  void copyFollowing(CopyCommand command) {
    copies
        .run(command.sql(), command, session, target.writer())
        .ifPresent(completion -> complete(completion, target.writer()));
    target.writer().flush();
  }

  PrintWriter errorOutput() {
    return err;
  }

  /** The output of statements, until the next call. */
  void sendTo(ResultTarget other) {
    target.close();
    target = other;
  }

  PrintWriter results() {
    return target.writer();
  }

  /** psql's prompt letters: {@code *} within a transaction block, {@code !} in a failed one. */
  String prompt(char kind) {
    String mark =
        switch (session.transactionStatus()) {
          case IDLE -> "";
          case IN_TRANSACTION -> "*";
          case FAILED -> "!";
        };
    return database.name() + kind + mark + "> ";
  }

  /**
   * Runs one piece of a script.
   *
   * @param source name of the file it comes from, or empty
   * @return whether it succeeded; if not, the error is printed
   */
  boolean run(ScriptBuffer.Item item, String source) {
    String text = "";
    try {
      switch (item) {
        case ScriptBuffer.Statement statement -> {
          text = statement.text();
          execute(text);
        }
        case ScriptBuffer.Sent sent -> {
          text = sent.text().isEmpty() ? lastStatement : sent.text();
          send(text, sent.command());
        }
        case ScriptBuffer.Meta meta -> metaCommands.run(meta.text());
        case ScriptBuffer.Edit edit -> terminal.edit(edit, lastStatement);
      }
      return true;
    } catch (IncludedScriptFailed printed) {
      return false;
    } catch (DistDbException failure) {
      out.flush();
      session.takeNotices().forEach(errors::print);
      int within = failure.position() > 0 ? ErrorPrinter.lineOf(text, failure.position() - 1) : 1;
      errors.print(place(item, source, within), failure, text);
      goOnAfterLoss();
      return false;
    } catch (StackOverflowError tooDeep) {
      goOnAfter(tooDeep, place(item, source, 1));
      return false;
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (Throwable unexpected) {
      goOnAfter(unexpected, place(item, source, 1));
      return false;
    }
  }

  /** As {@link #run}; whether what follows is to run too. */
  boolean runAndGoOn(ScriptBuffer.Item item, String source) {
    return run(item, source) || !lost && !variables.stopsOnError();
  }

  /** A person goes on with a new connection; a script, which has lost its session, does not. */
  private void goOnAfterLoss() {
    if (!database.isLost(session)) {
      return;
    }
    if (terminal == Terminal.NONE) {
      lost = true;
      return;
    }
    session.close();
    try {
      session = database.newSession();
      err.println("The session is a new one; what was open is rolled back.");
      err.flush();
    } catch (DistDbException stillAway) {
      errors.print("", stillAway, "");
    }
  }

  private static String place(ScriptBuffer.Item item, String source, int within) {
    return source.isEmpty() ? "" : source + ":" + (item.line() + within - 1) + ": ";
  }

  /** A fault of ours: what the session held is not to be trusted, so there is a new one. */
  private void goOnAfter(Throwable fault, String where) {
    LOG.error("a statement met a fault of DistDB", fault);
    errors.print(
        where,
        new DistDbException(ErrorCode.INTERNAL_ERROR, "internal error: " + fault)
            .withDetail("The session was replaced; an open transaction is rolled back.")
            .withHint("This is a fault of DistDB. Please report it with the lines above."),
        "");
    session.close();
    session = database.newSession();
  }

  /** {@code \\g [FILE]} and {@code \\gx}: this statement, or the last one again. */
  void send(String sql, String command) {
    String text = sql.isEmpty() ? lastStatement : sql;
    if (text.isEmpty()) {
      return;
    }
    List<String> words = MetaArguments.words(command, variables::get);
    Display shown =
        words.getFirst().equals("\\gx") ? display.withExpanded(Display.Expanded.ON) : display;
    if (words.size() == 1) {
      execute(text, shown, target.writer());
    } else {
      try (ResultTarget file = ResultTarget.file(words.get(1))) {
        execute(text, shown, file.writer());
      }
    }
  }

  private void execute(String sql) {
    execute(sql, display, target.writer());
  }

  private void execute(String sql, Display shown, PrintWriter results) {
    lastStatement = sql;
    long began = clock.nanoTime();
    Optional<CopyCommand> copy = InlineCopy.of(sql);
    if (copy.isPresent()) {
      copies
          .run(sql, copy.get(), session, results)
          .ifPresent(completion -> complete(completion, results));
    } else {
      print(session.execute(sql), shown, results);
    }
    session.takeNotices().forEach(errors::print);
    printNotifications(results);
    results.flush();
    printTime(began);
    out.flush();
  }

  private void print(StatementResult result, Display shown, PrintWriter results) {
    switch (result) {
      case StatementResult.Command command -> {
        session.takeNotices().forEach(errors::print);
        command.notices().forEach(errors::print);
        complete(command.completion(), results);
      }
      case StatementResult.Rows found -> {
        try (ResultRows rows = found.rows()) {
          print(rows, shown, results);
        }
        found.change().ifPresent(change -> complete(change.completion(), results));
      }
    }
  }

  /** As psql does: after each statement, where its rows go. */
  private void printNotifications(PrintWriter results) {
    for (Notification told : database.takeNotifications(session)) {
      String payload = told.payload().isEmpty() ? "" : " with payload \"" + told.payload() + "\"";
      results.println(
          "Asynchronous notification \""
              + told.channel()
              + "\""
              + payload
              + " received from server process with PID "
              + told.processId()
              + ".");
    }
  }

  private void complete(String completion, PrintWriter results) {
    if (!display.quiet()) {
      results.println(completion);
    }
  }

  private void print(ResultRows rows, Display shown, PrintWriter results) {
    if (results != out || terminal.pager().isEmpty() || paging == Pager.Use.OFF) {
      printTo(rows, shown, results);
      return;
    }
    try (PrintWriter paged = terminal.pager().get().open(out, paging)) {
      printTo(rows, shown, paged);
    } catch (Pager.Left enough) {
      // the rest is not wanted
    }
  }

  private void printTo(ResultRows rows, Display shown, PrintWriter results) {
    switch (shown.format()) {
      case ALIGNED -> new TablePrinter(results, rows, shown).print(terminal.columns());
      case UNALIGNED, CSV -> new PlainPrinter(results, rows, shown).print();
    }
  }

  private void printTime(long began) {
    if (timing) {
      out.println(Durations.timeOf(clock.nanoTime() - began));
    }
  }
}
