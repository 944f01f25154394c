// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.metrics.Metered;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.node.pgwire.auth.Decoys;
import io.distdb.sql.access.Role;
import io.distdb.sql.session.Databases;
import io.distdb.sql.text.Texts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for PostgreSQL's clients, and serves each in a light thread of its own, which waits where
 * its client or a lock makes it wait. Thread-safe.
 */
public final class PgServer implements Reception, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PgServer.class);
  private static final int BACKLOG = 1_024;
  private static final String HOST_HINT =
      "host must be a name or an address of this machine; 0.0.0.0 is all of its addresses.";
  private static final long FAILED_NANOS = 1_000_000_000;
  private static final long LOOK_NANOS = 10_000_000;
  private static final int NAME_SHOWN_MAX = 64;
  private static final long CLIENT_LOOK_NANOS = 250_000_000;

  /** After a client that could not be let in: for want of descriptors or memory, most likely. */
  private static final long REFUSED_NANOS = 100_000_000;

  private final Databases databases;
  private final Scheduler scheduler;
  private final Clock clock;
  private final ServerOptions options;
  private final Connections connections = new Connections();
  private final SecureRandom secrets = new SecureRandom();
  private final Decoys decoys;
  private final ServerSocket listener;
  private final ServerMetrics metrics = new ServerMetrics(connections::count);
  private final Scheduler.Task accepting;
  private final Scheduler.Task looking;
  private final Waiter endOfLooking;
  private volatile boolean closed;

  private PgServer(
      Databases databases,
      Scheduler scheduler,
      Clock clock,
      ServerOptions options,
      ServerSocket listener) {
    this.databases = databases;
    this.scheduler = scheduler;
    this.clock = clock;
    this.options = options;
    this.listener = listener;
    decoys = new Decoys(secret(databases));
    databases.signals().keptBy(this::cancel);
    accepting = scheduler.start("distdb-accept", this::accept);
    endOfLooking = scheduler.newWaiter();
    looking = scheduler.start("distdb-clients", this::lookAtClients);
  }

  /**
   * Listens from now on.
   *
   * @throws DistDbException {@code IO_ERROR}: the address is taken, or none of this machine's;
   *     {@code CONFIGURATION_ERROR}: trust, and not a loopback address
   */
  public static PgServer start(
      Databases databases, Scheduler scheduler, Clock clock, ServerOptions options) {
    InetSocketAddress address = options.address();
    if (address.isUnresolved()) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "the host \"" + address.getHostString() + "\" is unknown")
          .withHint(HOST_HINT);
    }
    if (options.admission().trust() && !address.getAddress().isLoopbackAddress()) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "letting anybody in is for loopback addresses only, not for "
                  + address.getHostString())
          .withHint("Listen at 127.0.0.1, or let clients log in.");
    }
    ServerSocket listener = listen(address);
    databases.configure(
        Map.of(
            "listen_addresses", address.getHostString(),
            "port", Integer.toString(listener.getLocalPort()),
            "max_connections", Integer.toString(options.connectionsMax())));
    return new PgServer(databases, scheduler, clock, options, listener);
  }

  private static ServerSocket listen(InetSocketAddress address) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
      return listener;
    } catch (IOException refused) {
      throw new DistDbException(
              ErrorCode.IO_ERROR,
              "cannot listen at "
                  + address.getHostString()
                  + ":"
                  + address.getPort()
                  + ": "
                  + refused.getMessage(),
              refused)
          .withHint(hint(refused, address.getPort()));
    }
  }

  /** The JDK passes the system's reason on as text only. */
  private static String hint(IOException refused, int port) {
    String reason = String.valueOf(refused.getMessage());
    if (reason.startsWith("Permission denied")) {
      return "Ports below 1024 are the system's. sql_port chooses another port than " + port + ".";
    }
    if (reason.startsWith("Cannot assign requested address")) {
      return HOST_HINT;
    }
    return "Is another server running there? sql_port chooses another port.";
  }

  /** Whether no client is asked for a password. */
  public boolean trustsEverybody() {
    return options.admission().trust();
  }

  /** For a client of another node. */
  private void cancel(int process, int secret) {
    connections.find(process).ifPresent(connection -> connection.cancel(secret));
  }

  /** The same after a restart as before it, when the first role has a password. */
  private byte[] secret(Databases of) {
    Optional<String> verifier = of.role(Role.FIRST).flatMap(Role::verifier);
    if (verifier.isPresent()) {
      return verifier.get().getBytes(StandardCharsets.US_ASCII);
    }
    byte[] random = new byte[32];
    secrets.nextBytes(random);
    return random;
  }

  /** What it counts of its clients. */
  public Metered metrics() {
    return metrics;
  }

  /** Where clients can connect. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** How many clients are connected, those included who are not in yet. */
  public int connectionCount() {
    return connections.count();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public Databases databases() {
    return databases;
  }

  @Override
  public Admission admission() {
    return options.admission();
  }

  @Override
  public void failed(String peer, String user) {
    LOG.warn("{}: a log-in as {} failed", peer, printable(user));
    scheduler.newWaiter().awaitUninterruptibly(FAILED_NANOS);
  }

  /** A stranger's text must not look like lines of the log, nor reach a terminal as commands. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(NAME_SHOWN_MAX)
        .forEach(point -> {
          boolean shows =
              !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT;
          shown.appendCodePoint(shows ? point : '?');
        });
    return Texts.literal(shown.toString());
  }

  @Override
  public long nowMicros() {
    return clock.wallMicros();
  }

  @Override
  public Decoys decoys() {
    return decoys;
  }

  ServerOptions options() {
    return options;
  }

  @Override
  public Connections connections() {
    return connections;
  }

  @Override
  public void admit() {
    boolean full = connections.count() > options.connectionsMax();
    if (closed || full) {
      metrics.refused();
    }
    if (closed) {
      throw new DistDbException(
          ErrorCode.CANNOT_CONNECT_NOW, "the database system is shutting down");
    }
    if (full) {
      throw new DistDbException(ErrorCode.TOO_MANY_CONNECTIONS, "sorry, too many clients already")
          .withDetail("max_connections is " + options.connectionsMax() + ".");
    }
  }

  private void accept() {
    while (!closed) {
      Socket socket = null;
      try {
        socket = listener.accept();
        metrics.accepted();
        if (connections.count() >= 2L * options.connectionsMax()) {
          // Too many of those who have not come in either: not even told why.
          metrics.refused();
          close(socket);
        } else {
          serve(socket);
        }
      } catch (IOException | RuntimeException | OutOfMemoryError failure) {
        if (!closed) {
          close(socket);
          LOG.warn("a client could not be let in: {}", failure.toString());
          scheduler.newWaiter().awaitUninterruptibly(REFUSED_NANOS);
        }
      }
    }
  }

  /** Finds clients that are gone while their statements run. */
  private void lookAtClients() {
    while (!closed) {
      endOfLooking.awaitUninterruptibly(CLIENT_LOOK_NANOS);
      try {
        connections.all(Connection.class).forEach(Connection::look);
      } catch (RuntimeException | OutOfMemoryError failure) {
        LOG.warn("clients could not be looked at: {}", failure.toString());
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    Connection connection =
        new Connection(
            this,
            new SocketChannel(socket, metrics),
            String.valueOf(socket.getRemoteSocketAddress()),
            secrets.nextInt());
    connections.add(connection);
    boolean begun = false;
    try {
      scheduler.startLight("distdb-client", connection::run);
      begun = true;
    } finally {
      if (!begun) {
        connections.remove(connection);
        close(socket);
      }
    }
  }

  private static void close(Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException gone) {
        // It is closed either way.
      }
    }
  }

  /**
   * Lets nobody in any more, ends connections between two transactions at once, the others when
   * their transactions end or the time for that is over. May be called twice.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      listener.close();
    } catch (IOException failure) {
      LOG.warn("the listener did not close: {}", failure.toString());
    }
    accepting.join();
    endOfLooking.signal();
    looking.join();
    drain();
  }

  /**
   * Closes every socket without a word and lets nothing end, as the end of the process does: for
   * tests of what dies, whose scheduler ends the threads.
   */
  public void cut() {
    closed = true;
    try {
      listener.close();
    } catch (IOException failure) {
      LOG.warn("the listener did not close: {}", failure.toString());
    }
    accepting.join();
    connections.all(Connection.class).forEach(Connection::cut);
  }

  private void drain() {
    DistDbException why =
        new DistDbException(
            ErrorCode.SHUTTING_DOWN, "terminating connection due to administrator command");
    long deadline = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.drainMillis());
    Waiter pause = scheduler.newWaiter();
    while (connections.count() > 0) {
      boolean late = clock.nanoTime() - deadline >= 0;
      List<Connection> open = connections.all(Connection.class);
      for (Connection connection : open) {
        if (late) {
          connection.abort(why);
        } else {
          connection.endIfIdle(why);
        }
      }
      if (late && clock.nanoTime() - deadline > TimeUnit.SECONDS.toNanos(1)) {
        open.forEach(Connection::cut);
      }
      if (late && clock.nanoTime() - deadline > TimeUnit.SECONDS.toNanos(2)) {
        LOG.warn("{} connections did not end", open.size());
        return;
      }
      pause.awaitUninterruptibly(LOOK_NANOS);
    }
  }
}
