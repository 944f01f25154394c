// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.metrics.Metric;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.client.remote.Connections;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Recovery;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.Session;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A database in this JVM, or one that a node serves ({@link #connect}). Thread-safe: any number of
 * threads share one client; each call borrows an idle session, and in this JVM every statement runs
 * in its caller's own thread.
 *
 * <pre>{@code
 * try (Client client = Client.open(Path.of("shop"))) {
 *   client.execute("CREATE TABLE product (id BIGINT PRIMARY KEY, name TEXT NOT NULL)");
 *   client.execute("INSERT INTO product VALUES ($1, $2)", 1, "lamp");
 *   client.query("SELECT id, name FROM product").forEach(row -> show(row.getString("name")));
 *   client.transaction(tx -> tx.execute("DELETE FROM product WHERE id = 1"));
 * }
 * }</pre>
 *
 * <p>Sessions are shared, so what SET changes lasts as long as the call, or as the transaction;
 * {@link Config} has what is to hold for all. BEGIN and its kin are refused; see {@link
 * #transaction} and {@link #newSession}. An interrupt of the caller's thread ends its statement
 * with {@code QUERY_CANCELED}, and its transaction is rolled back.
 *
 * <p>Durability: with the default configuration a statement of a database in a directory returns
 * when its changes are on the disk; {@link Config} has weaker ones. A database in memory is gone
 * with its client.
 */
public final class Client implements Statements, AutoCloseable {
  private final Home home;
  private final Leases pool;
  private final Transactions transactions;
  private final AtomicReference<DataSource> dataSource = new AtomicReference<>();

  Client(Home home, Leases pool, Scheduler scheduler) {
    this.home = home;
    this.pool = pool;
    transactions = new Transactions(pool, scheduler);
  }

  /** An empty database in memory. */
  public static Client open() {
    return open(Config.inMemory());
  }

  /**
   * The database in {@code directory}, which is created when it is missing or empty.
   *
   * @throws io.distdb.api.error.DistDbException as {@link #open(Config)}
   */
  public static Client open(Path directory) {
    return open(Config.at(directory));
  }

  /**
   * The database that {@code config} describes. After a crash, everything that was acknowledged is
   * back when this returns; {@link #recovery} says what was found.
   *
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}, naming every wrong
   *     setting; {@code DATABASE_IN_USE}: open already, the holder is named; {@code
   *     INCOMPATIBLE_FORMAT}: the directory is of a newer version, of another storage engine or not
   *     DistDB's; {@code DATA_CORRUPTED}: its files are damaged, nothing was changed; {@code
   *     FEATURE_NOT_SUPPORTED}: a cluster; {@code IO_ERROR}, {@code DISK_FULL}
   */
  public static Client open(Config config) {
    config.validate();
    return open(config, Surroundings.system(config));
  }

  /** As {@link #open(Config)}, with another clock, scheduler and disk: for simulations. */
  public static Client open(Config config, Surroundings surroundings) {
    Node node = Node.start(config, surroundings);
    return new LocalHome(node, surroundings, node.database(), true).client();
  }

  /**
   * The database of a node, or of any server that speaks PostgreSQL's protocol, over the network:
   * the same calls as of a database in this JVM. Needs {@code org.postgresql:postgresql} and {@code
   * com.zaxxer:HikariCP} on the class path.
   *
   * <pre>{@code
   * Client client = Client.connect("postgresql://shop:secret@one:5432,two:5432/shop?sslmode=require");
   * }</pre>
   *
   * <p>Hosts are tried in their order whenever a connection is opened; connections are kept in a
   * pool, each used by one call, open result or transaction at a time, and one that is lost is
   * replaced. With several hosts commits have names, so that after a lost answer another host is
   * asked what became of them: what was committed is answered as ever, what was not is run again on
   * another connection, with the body of a transaction. Otherwise, and for sessions of one's own,
   * {@code CONNECTION_FAILURE} says that nothing was changed, {@code COMMIT_OUTCOME_UNKNOWN} that
   * it may have been. Rows are fetched a thousand at a time. Times are shown in UTC unless SET says
   * otherwise.
   *
   * @param url {@code postgresql://user:password@host:port,host2:port2/database?name=value&…}, with
   *     libpq's parameters or pgjdbc's, and {@code pool_max_size} (connections, 16), {@code
   *     pool_timeout} (seconds to wait for one of them, 30) and {@code commit_tokens} ({@code on},
   *     {@code off}: whether commits have names)
   * @throws io.distdb.api.error.DistDbException {@code INVALID_PARAMETER_VALUE}: the URL is wrong;
   *     {@code CANNOT_CONNECT}: no host answers; what the server says to the user and the database
   */
  public static Client connect(String url) {
    return new RemoteHome(Connections.open(url)).client();
  }

  /** A client of a node that is open, and stays open when this is closed. */
  public static Client of(Node node, Surroundings surroundings) {
    return new LocalHome(node, surroundings, node.database(), false).client();
  }

  /**
   * A client of nodes of one cluster: each call, result or transaction goes to the client that
   * {@code route} gives at its begin, and none goes on with another. Closing it closes nothing of
   * theirs.
   *
   * @param route called by any thread, for every call; what it throws, the call throws
   */
  public static Client routed(Supplier<Client> route) {
    return new RoutedHome(route).client();
  }

  /**
   * A client of another database of the same directory, or of the same memory: its tables and other
   * objects are apart from all others'. It has sessions of its own, which closing it ends, and
   * nothing else; closing the client that was opened ends this one too.
   *
   * <pre>{@code
   * client.execute("CREATE DATABASE shop");
   * try (Client shop = client.database("shop")) {
   *   shop.execute("CREATE TABLE product (id BIGINT PRIMARY KEY)");
   * }
   * }</pre>
   *
   * @param name as SQL has it without quotes: in lower case, unless it was created in quotes
   * @throws io.distdb.api.error.DistDbException {@code UNDEFINED_DATABASE}
   */
  public Client database(String name) {
    return home.database(name);
  }

  /** The databases there are, in the order of their names; {@code postgres} among them. */
  public List<String> databases() {
    return home.databases();
  }

  /** The name of the database that this is a client of. */
  public String databaseName() {
    return home.databaseName();
  }

  Leases pool() {
    return pool;
  }

  @Override
  public long execute(String sql, Object... parameters) {
    return pool.take().execute(sql, parameters);
  }

  @Override
  public Result query(String sql, Object... parameters) {
    return pool.take().query(sql, parameters);
  }

  @Override
  public long copyIn(String sql, InputStream data) {
    return pool.take().copyIn(sql, data);
  }

  @Override
  public long copyOut(String sql, OutputStream target) {
    return pool.take().copyOut(sql, target);
  }

  @Override
  public PreparedStatement prepare(String sql) {
    pool.take().check(sql);
    return new PooledStatement(pool, sql);
  }

  /**
   * Runs {@code work} as one transaction at READ COMMITTED: committed when it returns, rolled back
   * when it throws. While another transaction gets in its way ({@code SERIALIZATION_FAILURE},
   * {@code DEADLOCK_DETECTED}) it is run again after a short wait, up to 100 times.
   *
   * @throws io.distdb.api.error.DistDbException {@code COMMIT_OUTCOME_UNKNOWN}: it may or may not
   *     be committed; every other code: it is not
   */
  public <E extends Exception> void transaction(TransactionWork<E> work) throws E {
    transaction(IsolationLevel.READ_COMMITTED, work);
  }

  /** As {@link #transaction(TransactionWork)}, at {@code isolation}. */
  public <E extends Exception> void transaction(IsolationLevel isolation, TransactionWork<E> work)
      throws E {
    this.<Void, E>transactionResult(
        isolation,
        tx -> {
          work.run(tx);
          return null;
        });
  }

  /** As {@link #transaction(TransactionWork)}, with an answer. */
  public <T, E extends Exception> T transactionResult(TransactionBody<T, E> body) throws E {
    return transactionResult(IsolationLevel.READ_COMMITTED, body);
  }

  /** As {@link #transaction(IsolationLevel, TransactionWork)}, with an answer. */
  public <T, E extends Exception> T transactionResult(
      IsolationLevel isolation, TransactionBody<T, E> body) throws E {
    return transactions.run(isolation, body);
  }

  /** A session of one's own, for one thread at a time: BEGIN and COMMIT as SQL, cancellation. */
  public Session newSession() {
    return home.newSession();
  }

  /**
   * JDBC, by PostgreSQL's driver: needs {@code org.postgresql:postgresql} on the class path. For a
   * database in this JVM no port is open and no thread is passed: the driver's messages are
   * answered by the thread that sent them.
   *
   * <p>It is the same object each time, by which Spring finds the connection of a transaction.
   * Every {@code getConnection()} is a new session; a pool such as HikariCP is the program's to
   * add. In this JVM a user need not prove who he is: {@code getConnection(user, password)} has the
   * rights of the role {@code user}, or all if there is none of that name. {@link #close} ends the
   * connections; those to a node over the network are the caller's.
   *
   * <p>In this JVM a result that is read without a fetch size is in memory as a whole, at most 1
   * GiB; {@code socketTimeout} does not end a statement, {@code setQueryTimeout} and {@code
   * statement_timeout} do; COPY FROM STDIN is {@code CopyManager}'s, not a prepared statement's.
   *
   * @throws io.distdb.api.error.DistDbException {@code SHUTTING_DOWN}: this is closed
   */
  public DataSource dataSource() {
    DataSource made = home.dataSource();
    return dataSource.compareAndSet(null, made) ? made : dataSource.get();
  }

  /**
   * Writes a backup of all databases while they are used, as BACKUP TO does; {@code ./distdb
   * restore} makes a database of it.
   *
   * @throws io.distdb.api.error.DistDbException as {@link io.distdb.api.backup.Backups#take}
   */
  public BackupReport backup(BackupRequest request) {
    return home.backup(request);
  }

  /**
   * What the parts of the node tell of themselves, for all its databases together: the rows of
   * {@code distdb.metrics}; over the network, reading one asks for it. {@link DistDbMetrics} gives
   * them to Micrometer.
   */
  public List<Metric> metrics() {
    return home.metrics();
  }

  /** Writes a checkpoint, so that the next opening has less of the journal to read. */
  public void checkpoint() {
    home.checkpoint();
  }

  /**
   * What opening found.
   *
   * @throws io.distdb.api.error.DistDbException {@code FEATURE_NOT_SUPPORTED}: of a node over the
   *     network
   */
  public Recovery recovery() {
    return home.recovery();
  }

  /**
   * Ends what runs, makes everything acknowledged durable, frees the directory. Repeatable. Of a
   * client that {@link #database} gave, it ends the idle sessions only.
   *
   * <p>While others use it: statements that run are cancelled ({@code SHUTTING_DOWN}) and waited
   * for, commits on their way are finished, open transactions are rolled back; every later call,
   * and reading on in an open result, gets {@code CONNECTION_CLOSED} or {@code SHUTTING_DOWN}. A
   * statement that does not end within ten seconds is left behind.
   */
  @Override
  public void close() {
    pool.close();
    home.close();
  }
}
