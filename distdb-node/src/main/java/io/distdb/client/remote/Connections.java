// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections with one database of a node, or of any server that speaks PostgreSQL's protocol, and
 * the sessions on them. Thread-safe; a session is for one thread at a time.
 *
 * <p>Hosts are tried in their order for each new connection. HikariCP keeps the pool: it opens no
 * more than {@code pool_max_size}, looks whether one that was idle for longer than half a second is
 * alive before it gives it out, and replaces what is lost. A session stays with its connection, so
 * that statements which were prepared on it are found again.
 */
public final class Connections implements AutoCloseable {
  private static final long IDLE_MILLIS_MAX = 600_000;

  /** What the versions of its servers have in them. */
  private static final String DISTDB = "DistDB";

  /** As a database in this JVM; the driver would take the time zone of the JVM. */
  static final String FIRST_STATEMENT = "SET TimeZone = 'UTC'";

  private final ServerUrl url;
  private final HikariDataSource pool;
  private final Facts facts = new Facts();
  private final Scheduler scheduler = Scheduler.threads();
  private final InterruptWatch watch = new InterruptWatch(scheduler, Clock.system());
  private final Map<BaseConnection, RemoteSession> sessions = new ConcurrentHashMap<>();

  private Connections(ServerUrl url) {
    this.url = url;
    pool = open(url);
  }

  /**
   * Connects, to see whether it can be.
   *
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: the URL is wrong; {@code
   *     CANNOT_CONNECT}: no host answers; what the server says to the user and the database
   */
  public static Connections open(String url) {
    ServerUrl parsed = ServerUrl.parse(url);
    return opened(parsed);
  }

  private static Connections opened(ServerUrl url) {
    Connections connections = new Connections(url);
    boolean done = false;
    try {
      connections.session().close();
      done = true;
      return connections;
    } finally {
      if (!done) {
        connections.close();
      }
    }
  }

  private static HikariDataSource open(ServerUrl url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    config.setDriverClassName("org.postgresql.Driver");
    config.setDataSourceProperties(url.properties());
    config.setUsername(url.user());
    config.setPassword(url.properties().getProperty("password"));
    config.setMaximumPoolSize(url.poolMaxSize());
    config.setMinimumIdle(Math.min(1, url.poolMaxSize()));
    config.setIdleTimeout(IDLE_MILLIS_MAX);
    config.setConnectionTimeout(url.poolTimeoutMillis());
    config.setConnectionInitSql(FIRST_STATEMENT);
    config.setPoolName("distdb-client");
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException refused) {
      throw cannotConnect(url, refused.getCause());
    }
  }

  private static DistDbException cannotConnect(ServerUrl url, Throwable cause) {
    if (cause instanceof SQLException failure) {
      DistDbException told = RemoteErrors.of(failure);
      return told.code() == ErrorCode.CANNOT_CONNECT
          ? new DistDbException(ErrorCode.CANNOT_CONNECT, "cannot connect to " + url, failure)
              .withDetail(failure.getMessage())
          : told;
    }
    return new DistDbException(ErrorCode.CANNOT_CONNECT, "cannot connect to " + url, cause);
  }

  /** A pool of the same server's database {@code name}. */
  public Connections database(String name) {
    return opened(url.withDatabase(name));
  }

  /** A pool of the same database for another user; the password may be null. */
  public Connections user(String name, String password) {
    return opened(url.withUser(name, password));
  }

  public String databaseName() {
    return url.database();
  }

  public String userName() {
    return url.user();
  }

  /** Hosts and database, for people. */
  public String place() {
    return url.toString();
  }

  /**
   * A session, which goes back to the pool when it is closed.
   *
   * @throws DistDbException {@code TOO_MANY_CONNECTIONS}: all are in use, and none came back in
   *     time; {@code CONNECTION_CLOSED}: this is closed; else as {@link #open}
   */
  public Session session() {
    Connection handle = null;
    try {
      handle = pool.getConnection();
      BaseConnection connection = handle.unwrap(BaseConnection.class);
      RemoteSession session =
          sessions.computeIfAbsent(connection, one -> new RemoteSession(this, one));
      session.givenOut(handle);
      forgetLost();
      return session;
    } catch (SQLTransientConnectionException none) {
      throw noConnection(none);
    } catch (SQLException failure) {
      if (pool.isClosed()) {
        throw new DistDbException(ErrorCode.CONNECTION_CLOSED, "the client is closed", failure);
      }
      if (failure.getCause() instanceof InterruptedException) {
        throw new DistDbException(
            ErrorCode.QUERY_CANCELED, "canceling statement due to user request", failure);
      }
      if (handle != null) {
        pool.evictConnection(handle);
      }
      throw RemoteErrors.of(failure);
    }
  }

  private DistDbException noConnection(SQLTransientConnectionException none) {
    if (none.getCause() instanceof SQLException why) {
      return cannotConnect(url, why);
    }
    return new DistDbException(
            ErrorCode.TOO_MANY_CONNECTIONS,
            "all "
                + url.poolMaxSize()
                + " connections were in use for "
                + url.poolTimeoutMillis() / 1_000
                + " seconds",
            none)
        .withHint("Close results, or raise pool_max_size in the server's URL.");
  }

  /** pgjdbc's own, to the same place: none of its connections is of the pool. */
  public DataSource dataSource() {
    return newSource();
  }

  private PGSimpleDataSource newSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url.jdbc());
    try {
      for (String name : url.properties().stringPropertyNames()) {
        source.setProperty(name, url.properties().getProperty(name));
      }
    } catch (SQLException unknown) {
      throw RemoteErrors.of(unknown);
    }
    return source;
  }

  /**
   * Whether the connection of a session that {@link #session} gave is gone; closing the session and
   * taking another helps.
   */
  public static boolean isLost(Session session) {
    return session instanceof RemoteSession remote && remote.isLost();
  }

  /**
   * What NOTIFY told a session that {@link #session} gave, as far as it came with the answers to
   * its statements; in order, each once. Sends and awaits nothing.
   */
  public static List<Notification> takeNotifications(Session session) {
    return session instanceof RemoteSession remote ? remote.takeNotifications() : List.of();
  }

  /** Whom to ask what became of commits of that connection; null: they have no names. */
  CommitQuestions questions(BaseConnection connection) {
    String version = connection.getParameterStatus("server_version");
    return url.commitTokens() && version != null && version.contains(DISTDB)
        ? new CommitQuestions(newSource(), watch.clock(), scheduler, CommitQuestions.PATIENCE_NANOS)
        : null;
  }

  /**
   * Whether what {@code lost} was to do is done by another session instead: nothing of it has
   * happened, and there are several hosts to go to.
   */
  public boolean goesOn(Session lost, DistDbException why) {
    return url.commitTokens()
        && isLost(lost)
        && (why.code() == ErrorCode.CONNECTION_FAILURE || why.code() == ErrorCode.SHUTTING_DOWN);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Facts facts() {
    return facts;
  }

  InterruptWatch watch() {
    return watch;
  }

  void giveBack(Connection handle) {
    try {
      handle.close();
    } catch (SQLException failure) {
      throw RemoteErrors.of(failure);
    }
  }

  void discard(Connection handle, BaseConnection connection) {
    sessions.remove(connection);
    pool.evictConnection(handle);
    giveBack(handle);
  }

  /** The pool closes connections of itself too. */
  private void forgetLost() {
    if (sessions.size() > url.poolMaxSize()) {
      sessions.values().removeIf(RemoteSession::isLost);
    }
  }

  public boolean isClosed() {
    return pool.isClosed();
  }

  /** Closes the idle connections now, and those in use when they come back. */
  @Override
  public void close() {
    pool.close();
    watch.close();
  }
}
