// SPDX-License-Identifier: MIT
package io.distdb.api.error;

import static io.distdb.api.error.Retry.ASK_FIRST;
import static io.distdb.api.error.Retry.NEVER;
import static io.distdb.api.error.Retry.TRANSACTION;

/**
 * Every way in which a statement can end badly. Codes are PostgreSQL's where it has one (appendix A
 * of its documentation).
 */
public enum ErrorCode {
  CONNECTION_CLOSED("08003", NEVER),
  COMMIT_OUTCOME_UNKNOWN("08007", ASK_FIRST),
  FEATURE_NOT_SUPPORTED("0A000", NEVER),
  CARDINALITY_VIOLATION("21000", NEVER),
  STRING_TOO_LONG("22001", NEVER),
  NUMERIC_VALUE_OUT_OF_RANGE("22003", NEVER),
  DIVISION_BY_ZERO("22012", NEVER),
  INVALID_ROW_COUNT_IN_LIMIT("2201W", NEVER),
  INVALID_ROW_COUNT_IN_OFFSET("2201X", NEVER),
  CHARACTER_NOT_IN_REPERTOIRE("22021", NEVER),
  INVALID_PARAMETER_VALUE("22023", NEVER),
  INVALID_TEXT_REPRESENTATION("22P02", NEVER),
  BAD_COPY_FILE_FORMAT("22P04", NEVER),
  NOT_NULL_VIOLATION("23502", NEVER),
  FOREIGN_KEY_VIOLATION("23503", NEVER),
  UNIQUE_VIOLATION("23505", NEVER),
  CHECK_VIOLATION("23514", NEVER),
  ACTIVE_TRANSACTION("25001", NEVER),
  READ_ONLY_TRANSACTION("25006", NEVER),
  NO_ACTIVE_TRANSACTION("25P01", NEVER),
  IN_FAILED_TRANSACTION("25P02", NEVER),
  IDLE_IN_TRANSACTION_TIMEOUT("25P03", TRANSACTION),
  INVALID_SAVEPOINT("3B001", NEVER),
  SERIALIZATION_FAILURE("40001", TRANSACTION),
  DEADLOCK_DETECTED("40P01", TRANSACTION),
  SYNTAX_ERROR("42601", NEVER),
  INVALID_NAME("42602", NEVER),
  NAME_TOO_LONG("42622", NEVER),
  DUPLICATE_COLUMN("42701", NEVER),
  AMBIGUOUS_COLUMN("42702", NEVER),
  UNDEFINED_COLUMN("42703", NEVER),
  UNDEFINED_OBJECT("42704", NEVER),
  DUPLICATE_OBJECT("42710", NEVER),
  DUPLICATE_ALIAS("42712", NEVER),
  AMBIGUOUS_FUNCTION("42725", NEVER),
  GROUPING_ERROR("42803", NEVER),
  DATATYPE_MISMATCH("42804", NEVER),
  WRONG_OBJECT_TYPE("42809", NEVER),
  CANNOT_COERCE("42846", NEVER),
  UNDEFINED_FUNCTION("42883", NEVER),
  RESERVED_NAME("42939", NEVER),
  UNDEFINED_TABLE("42P01", NEVER),
  UNDEFINED_PARAMETER("42P02", NEVER),
  DUPLICATE_TABLE("42P07", NEVER),
  INVALID_COLUMN_REFERENCE("42P10", NEVER),
  INVALID_TABLE_DEFINITION("42P16", NEVER),
  INDETERMINATE_DATATYPE("42P18", NEVER),
  DISK_FULL("53100", NEVER),
  OUT_OF_MEMORY("53200", NEVER),
  TOO_MANY_CONNECTIONS("53300", NEVER),
  /** A limit of this database: transaction size, number of parameters, length of a statement. */
  PROGRAM_LIMIT_EXCEEDED("54000", NEVER),
  STATEMENT_TOO_COMPLEX("54001", NEVER),
  TOO_MANY_COLUMNS("54011", NEVER),
  /** An index cannot do what was asked of it, such as a range over a hash index. */
  OBJECT_NOT_IN_PREREQUISITE_STATE("55000", NEVER),
  /** The directory is open already; the message names the holder. */
  DATABASE_IN_USE("55006", NEVER),
  LOCK_NOT_AVAILABLE("55P03", TRANSACTION),
  QUERY_CANCELED("57014", NEVER),
  SHUTTING_DOWN("57P01", TRANSACTION),
  /** Not the leader, or not ready yet: another node, or a later moment, may answer. */
  CANNOT_CONNECT_NOW("57P03", TRANSACTION),
  IO_ERROR("58030", NEVER),
  UNDEFINED_FILE("58P01", NEVER),
  /** The read is older than what garbage collection kept. */
  SNAPSHOT_TOO_OLD("72000", TRANSACTION),
  /** Files of a newer format than this binary knows, or of another product. */
  INCOMPATIBLE_FORMAT("F0001", NEVER),
  CONFIGURATION_ERROR("F0000", NEVER),
  INTERNAL_ERROR("XX000", NEVER),
  DATA_CORRUPTED("XX001", NEVER),
  INDEX_CORRUPTED("XX002", NEVER);

  private final String sqlState;
  private final Retry retry;

  ErrorCode(String sqlState, Retry retry) {
    this.sqlState = sqlState;
    this.retry = retry;
  }

  /** Five characters, as PostgreSQL clients expect them. */
  public String sqlState() {
    return sqlState;
  }

  public Retry retry() {
    return retry;
  }
}
