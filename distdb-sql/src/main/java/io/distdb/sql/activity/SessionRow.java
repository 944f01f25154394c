// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

/**
 * What others see of a session; a moment's view, read without locks. Moments are microseconds since
 * 1970-01-01 UTC, 0 where there is none.
 *
 * @param client null: it has no client
 * @param waitEvent null: it waits for nothing
 * @param query what it runs, or ran last, without secrets
 */
public record SessionRow(
    int processId,
    String database,
    String user,
    String application,
    Client client,
    long startMicros,
    long transactionMicros,
    long queryMicros,
    long stateMicros,
    State state,
    WaitEvent waitEvent,
    String query) {
  /**
   * Where a client is.
   *
   * @param address as numbers; null: within this process
   * @param port -1: within this process
   */
  public record Client(String address, int port) {}

  /** What a session does. */
  public enum State {
    ACTIVE("active"),
    IDLE("idle"),
    IDLE_IN_TRANSACTION("idle in transaction"),
    IDLE_IN_FAILED_TRANSACTION("idle in transaction (aborted)");

    private final String sqlName;

    State(String sqlName) {
      this.sqlName = sqlName;
    }

    public String sqlName() {
      return sqlName;
    }
  }

  /** What a session waits for, by PostgreSQL's names. */
  public record WaitEvent(String type, String event) {
    /** The client is to say what comes next. */
    public static final WaitEvent CLIENT_READ = new WaitEvent("Client", "ClientRead");

    /**
     * @param type of what is locked, as {@code pg_locks} has it
     */
    public static WaitEvent lock(String type) {
      return new WaitEvent("Lock", type);
    }
  }
}
