// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.backup.Backups;
import io.distdb.api.type.SqlType;
import io.distdb.sql.execute.RowSource;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;

/** Runs BACKUP: outside of a block, for it is no part of a transaction; answers one row. */
final class BackupRun {
  static final List<ResultColumn> COLUMNS =
      List.of(
          new ResultColumn("id", SqlType.TEXT),
          new ResultColumn("kind", SqlType.TEXT),
          new ResultColumn("as_of", SqlType.TIMESTAMPTZ),
          new ResultColumn("timestamp", SqlType.BIGINT),
          new ResultColumn("log_index", SqlType.BIGINT),
          new ResultColumn("entries", SqlType.BIGINT),
          new ResultColumn("bytes", SqlType.BIGINT));

  private final LocalSession session;
  private final Backups backups;

  BackupRun(LocalSession session, Backups backups) {
    this.session = session;
    this.backups = backups;
  }

  /**
   * @param running to be asked now and then whether it is cancelled
   */
  StatementResult run(BoundStatement.Backup backup, RunningStatement running) {
    BackupReport report =
        backups.take(
            new BackupRequest(
                backup.directory(),
                backup.parent(),
                backup.compression(),
                bytes -> running.cancellation().check()));
    return new StatementResult.Rows(
        new CursorRows(
            COLUMNS, new ReportRow(report), session.environment(), CursorRows.NOTHING_ENDS),
        "BACKUP");
  }

  /** The one row. */
  private static final class ReportRow implements RowSource {
    private final BackupReport report;
    private boolean given;

    ReportRow(BackupReport report) {
      this.report = report;
    }

    @Override
    public boolean next() {
      boolean first = !given;
      given = true;
      return first;
    }

    @Override
    public boolean isNull(int column) {
      return false;
    }

    @Override
    public long getLong(int column) {
      return switch (column) {
        case 2, 3 -> report.timestamp();
        case 4 -> report.position().index();
        case 5 -> report.entries();
        case 6 -> report.bytes();
        default -> throw new IllegalStateException("column " + column + " is no number");
      };
    }

    @Override
    public double getDouble(int column) {
      throw new IllegalStateException("column " + column + " is no fraction");
    }

    @Override
    public String getText(int column) {
      return switch (column) {
        case 0 -> report.id();
        case 1 -> report.incremental() ? "incremental" : "full";
        default -> throw new IllegalStateException("column " + column + " is no text");
      };
    }

    @Override
    public Object getObject(int column) {
      throw new IllegalStateException("column " + column + " is no object");
    }

    @Override
    public void close() {
      given = true;
    }
  }
}
