// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.NodeId;
import io.distdb.api.backup.Backups;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.metrics.Metered;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Role;
import io.distdb.sql.activity.StatementMetrics;
import io.distdb.sql.catalog.CatalogSpace;
import io.distdb.sql.catalog.CatalogVersion;
import io.distdb.sql.catalog.DatabaseList;
import io.distdb.sql.setting.SettingRules;
import io.distdb.sql.setting.SettingValues;
import io.distdb.sql.spill.SpillSpace;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The databases of one store: separate definitions over one transaction manager and one log.
 * Thread-safe.
 *
 * <p>A database is opened when it is first asked for and stays here until it is dropped or all are
 * closed. DROP first retires the open one, which is atomic with the opening of sessions, then
 * commits; whoever opens a database looks once more afterwards, so that nobody keeps one that was
 * dropped in between.
 */
public final class Databases implements AutoCloseable {
  /** Always there, and what a session gets that names none. */
  public static final String MAIN = DatabaseList.MAIN;

  private static final TransactionOptions READ_ONLY = TransactionOptions.DEFAULT.withReadOnly(true);

  private final TransactionManager transactions;
  private final Backups backups;
  private final Scheduler scheduler;
  private final Clock clock;
  private final DatabaseOptions options;
  private final Metered metrics;
  private final SpillSpace spill;
  private final ConcurrentHashMap<String, Database> open = new ConcurrentHashMap<>();
  private final Neighbours neighbours;
  private final SessionRegistry sessions;
  private final Signals signals;
  private final DatabaseChanges changes;
  private final Optional<ClusterAdvisory> advisory;
  private final WaitGraph waits;
  private final StatementMetrics statementMetrics = new StatementMetrics();
  private final InitialSettings initialSettings;

  private final Database main;

  /** Held while the sessions of a role are counted. */
  private final Object limits = new Object();

  private Databases(
      TransactionManager transactions,
      Backups backups,
      Scheduler scheduler,
      Clock clock,
      DatabaseOptions options,
      Metered metrics,
      SpillSpace spill,
      Neighbours neighbours) {
    this.transactions = transactions;
    this.backups = backups;
    this.scheduler = scheduler;
    this.clock = clock;
    this.options = options;
    initialSettings = new InitialSettings(options.settings());
    this.metrics = metrics;
    this.spill = spill;
    this.neighbours = neighbours;
    sessions = new SessionRegistry(neighbours.number());
    waits = new WaitGraph(transactions, this);
    signals = new Signals(sessions, neighbours);
    changes = new DatabaseChanges(this, transactions, new Retirement(this, neighbours));
    advisory =
        neighbours.isAlone()
            ? Optional.empty()
            : Optional.of(ClusterAdvisory.of(this, scheduler, clock));
    main = make(MAIN, CatalogSpace.MAIN);
    open.put(MAIN, main);
  }

  /** As below, with the transactions' own metrics and without temporary files. */
  public static Databases open(
      TransactionManager transactions, Scheduler scheduler, Clock clock, DatabaseOptions options) {
    return open(transactions, scheduler, clock, options, transactions, SpillSpace.NONE);
  }

  /** As below, without backups. */
  public static Databases open(
      TransactionManager transactions,
      Scheduler scheduler,
      Clock clock,
      DatabaseOptions options,
      Metered metrics,
      SpillSpace spill) {
    return open(transactions, Backups.NONE, scheduler, clock, options, metrics, spill);
  }

  /** As below, of a node that is alone. */
  public static Databases open(
      TransactionManager transactions,
      Backups backups,
      Scheduler scheduler,
      Clock clock,
      DatabaseOptions options,
      Metered metrics,
      SpillSpace spill) {
    return open(transactions, backups, scheduler, clock, options, metrics, spill, Optional.empty());
  }

  /**
   * Opens the databases whose data {@code transactions} has; an empty store gets the system tables.
   * They do not own the manager: close them first, then the manager.
   *
   * @param backups runs BACKUP
   * @param metrics what {@code distdb.metrics} shows
   * @param spill where temporary files go; theirs from now on
   * @param cluster with whom the data is shared; empty: with nobody
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: the catalog was written by a newer version
   */
  public static Databases open(
      TransactionManager transactions,
      Backups backups,
      Scheduler scheduler,
      Clock clock,
      DatabaseOptions options,
      Metered metrics,
      SpillSpace spill,
      Optional<Cluster> cluster) {
    NodeId self = cluster.map(Cluster::self).orElse(null);
    int number = FirstOpening.run(transactions, self, scheduler);
    Neighbours neighbours = new Neighbours(cluster.orElse(null), number, transactions, scheduler);
    Databases databases =
        new Databases(transactions, backups, scheduler, clock, options, metrics, spill, neighbours);
    if (cluster.isPresent()) {
      transactions.onAnnouncement(new Announced(databases, scheduler));
      transactions.onForeignParties(session -> new GuestWaits(session, databases.waits()));
    }
    databases.main.dropTemporary();
    return databases;
  }

  private Database make(String name, CatalogSpace space) {
    return new Database(
        this, name, space, space.over(transactions), scheduler, clock, options, spill);
  }

  Neighbours neighbours() {
    return neighbours;
  }

  /** What ends statements and sessions, on whichever node. */
  public Signals signals() {
    return signals;
  }

  /** Where the advisory locks of a cluster are kept; empty on a node alone. */
  Optional<AdvisoryAccess> advisory() {
    return advisory.map(access -> access);
  }

  DatabaseChanges changes() {
    return changes;
  }

  /** The open sessions of all of them. */
  SessionRegistry sessions() {
    return sessions;
  }

  WaitGraph waits() {
    return waits;
  }

  Collection<Database> opened() {
    return open.values();
  }

  Backups backups() {
    return backups;
  }

  /** The one called {@link #MAIN}. */
  public Database main() {
    return main;
  }

  /** What the parts below tell of themselves, and what statements took. */
  Metered metrics() {
    return () ->
        Stream.concat(metrics.metrics().stream(), statementMetrics.metrics().stream()).toList();
  }

  /**
   * Gives settings the values with which sessions begin from now on, beside what the options say.
   *
   * @param settings by name, in lower case
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}
   */
  public void configure(Map<String, String> settings) {
    initialSettings.configure(settings);
  }

  /** The settings of a new session. */
  SettingValues initialSettings() {
    return initialSettings.values();
  }

  public StatementMetrics statementMetrics() {
    return statementMetrics;
  }

  /** Owner and privileges of a database; absent: there is none of that name. */
  Optional<ObjectAccess> accessOf(String name) {
    return read(list -> list.entry(name)).map(DatabaseList.Entry::access);
  }

  private <T> T read(Function<DatabaseList, T> question) {
    return read(READ_ONLY, question);
  }

  private <T> T read(TransactionOptions reading, Function<DatabaseList, T> question) {
    try (Transaction transaction = transactions.begin(reading)) {
      return question.apply(new DatabaseList(transaction));
    }
  }

  // --- who may come in ---

  /** The way in for sessions that begin with the settings of this node. */
  public Entrance entrance() {
    return new Entrance(this, READ_ONLY.withReadMode(initialSettings().readMode()));
  }

  /**
   * The way in for a session with settings of its own, such as a client names.
   *
   * @param settings by name, as {@link ServerSession#start} will have them
   */
  public Entrance entrance(Map<String, String> settings) {
    String mode = settings.get(SettingValues.TRANSACTION_READ_MODE);
    return mode == null
        ? entrance()
        : new Entrance(this, READ_ONLY.withReadMode(SettingRules.readMode(mode)));
  }

  /** The role of that name, as it is now. */
  public Optional<Role> role(String name) {
    return entrance().role(name);
  }

  /** The role of that number, as it is now. */
  public Optional<Role> role(long id) {
    return main.definitions().authority().roles().find(id);
  }

  /** As {@link Entrance#trusted}. */
  public ServerSession trusted(String database, String user) {
    return entrance().trusted(database, user);
  }

  /** As {@link Entrance#session}. */
  public ServerSession session(String database, Role role) {
    return entrance().session(database, role);
  }

  /** A session in {@code opened}, if {@code role} may have one more. */
  ServerSession newSession(Database opened, Role role) {
    if (role.superuser() || role.connectionLimit() == Role.UNLIMITED) {
      return opened.newSession(role);
    }
    synchronized (limits) {
      long sessions = open.values().stream().mapToLong(known -> known.sessionsOf(role.id())).sum();
      if (sessions >= role.connectionLimit()) {
        throw new DistDbException(
            ErrorCode.TOO_MANY_CONNECTIONS,
            "too many connections for role \"" + role.name() + "\"");
      }
      return opened.newSession(role);
    }
  }

  /** All of them, in the order of their names. */
  public List<String> names() {
    return read(DatabaseList::names);
  }

  /** Their numbers, by name; {@link #MAIN} has 0. */
  Map<String, Long> numbers() {
    return read(DatabaseList::numbers);
  }

  /**
   * What somebody who names no database most likely means: the only one that is not {@link #MAIN},
   * when there is just one and the main one is empty; else the main one.
   */
  public String likelyName() {
    List<String> others = names().stream().filter(name -> !name.equals(MAIN)).toList();
    return others.size() == 1 && main.definitions().tables().isEmpty() ? others.getFirst() : MAIN;
  }

  /**
   * @param name as stored: folded, unquoted
   * @throws DistDbException {@code UNDEFINED_DATABASE}
   */
  public Database database(String name) {
    return database(name, READ_ONLY);
  }

  /**
   * @param reading how it is looked for: a node that nobody leads has what it has
   */
  Database database(String name, TransactionOptions reading) {
    Database known = open.get(name);
    return known != null && isCurrent(known, reading) ? known : opened(name, reading);
  }

  /** Another node may have dropped it, and made one of the same name. */
  private boolean isCurrent(Database known, TransactionOptions reading) {
    return neighbours.isAlone() || known == main || isFoundAs(known, reading);
  }

  private boolean isFoundAs(Database known, TransactionOptions reading) {
    return find(known.name(), reading)
        .filter(space -> space.number() == known.number())
        .isPresent();
  }

  /** The database of that number, wherever its name is known. */
  Database numbered(long number) {
    return opened().stream()
        .filter(known -> known.number() == number)
        .findFirst()
        .orElseGet(() ->
            database(
                numbers().entrySet().stream()
                    .filter(entry -> entry.getValue() == number)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> undefined(Long.toString(number)))));
  }

  private synchronized Database opened(String name, TransactionOptions reading) {
    Database known = open.get(name);
    if (known != null && isFoundAs(known, reading)) {
      return known;
    }
    if (known != null && open.remove(name, known)) {
      scheduler.startLight("distdb-close-dropped", known::close);
    }
    CatalogSpace space = find(name, reading).orElseThrow(() -> undefined(name));
    upgrade(space.over(transactions), reading);
    Database made = make(name, space);
    if (reading.readMode() == ReadMode.LINEARIZABLE) {
      made.dropTemporary();
    }
    Database first = open.putIfAbsent(name, made);
    if (first == null && !find(name, reading).equals(Optional.of(space))) {
      open.remove(name, made);
      throw undefined(name);
    }
    return first == null ? made : first;
  }

  private static void upgrade(TransactionManager inside, TransactionOptions reading) {
    try (Transaction transaction = inside.begin(reading)) {
      if (CatalogVersion.isCurrent(transaction)) {
        return;
      }
    }
    try (Transaction transaction = inside.begin(TransactionOptions.DEFAULT)) {
      new CatalogVersion(transaction).upgrade();
      transaction.commit();
    }
  }

  /** Where the database of that name is now; absent: there is none. */
  Optional<CatalogSpace> find(String name) {
    return find(name, READ_ONLY);
  }

  private Optional<CatalogSpace> find(String name, TransactionOptions reading) {
    return read(reading, list -> list.find(name));
  }

  /** It is dropped. */
  void forget(Database dropped) {
    open.remove(dropped.name(), dropped);
  }

  private static DistDbException undefined(String name) {
    return new DistDbException(
            ErrorCode.UNDEFINED_DATABASE, "database \"" + name + "\" does not exist")
        .withHint("CREATE DATABASE makes one.");
  }

  /** Closes every database that is open. May be called twice. */
  @Override
  public void close() {
    open.values().forEach(Database::close);
    advisory.ifPresent(ClusterAdvisory::close);
    spill.close();
  }
}
