// SPDX-License-Identifier: MIT
package io.distdb.node.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health}, {@code /ready} and {@code /metrics}. Thread-safe.
 *
 * <p>Each request has a light thread of its own, a few at a time (503 for others); the JDK's server
 * drops who sends a request too slowly, reads an answer too slowly, or is one connection too many.
 * Bodies are not read.
 */
public final class OperatorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorServer.class);
  private static final int BACKLOG = 16;
  private static final int REQUESTS_MAX = 16;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String TEXT = "text/plain; charset=utf-8";

  static {
    // The JDK's server reads these once, when its first instance is made.
    limit("sun.net.httpserver.maxReqTime", "5");
    limit("sun.net.httpserver.maxRspTime", "20");
    limit("sun.net.httpserver.idleInterval", "10");
    limit("jdk.httpserver.maxConnections", "64");
  }

  private final HttpServer server;
  private final Readiness readiness;
  private final Exposition metrics;
  private final AtomicInteger requests = new AtomicInteger();

  private OperatorServer(HttpServer server, Readiness readiness, Exposition metrics) {
    this.server = server;
    this.readiness = readiness;
    this.metrics = metrics;
  }

  private static void limit(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Answers from now on.
   *
   * @param address port 0 is any that is free
   * @param metrics what {@code /metrics} tells
   * @throws DistDbException {@code IO_ERROR}: the address is taken, or none of this machine's
   */
  public static OperatorServer start(
      InetSocketAddress address, Scheduler scheduler, Readiness readiness, Exposition metrics) {
    try {
      HttpServer http = HttpServer.create(address, BACKLOG);
      OperatorServer server = new OperatorServer(http, readiness, metrics);
      http.setExecutor(task -> scheduler.startLight("distdb-http", task));
      http.createContext("/", server::handle);
      http.start();
      return server;
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
          .withHint("Is another server running there? http_port chooses another port.");
    }
  }

  /** Where it answers. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      exchange.getResponseHeaders().set("Connection", "close");
      try {
        if (requests.incrementAndGet() > REQUESTS_MAX) {
          answer(exchange, UNAVAILABLE, TEXT, "too many requests\n");
        } else {
          route(exchange);
        }
      } finally {
        requests.decrementAndGet();
      }
    } catch (IOException gone) {
      LOG.debug("an operator's connection was lost: {}", gone.toString());
    } catch (RuntimeException broken) {
      LOG.warn("{} could not be answered", exchange.getRequestURI(), broken);
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      answer(exchange, NOT_ALLOWED, TEXT, "GET only\n");
      return;
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/health" -> answer(exchange, OK, TEXT, "alive\n");
      case "/ready" -> {
        String obstacle = readiness.obstacle();
        if (obstacle.isEmpty()) {
          answer(exchange, OK, TEXT, "ready\n");
        } else {
          answer(exchange, UNAVAILABLE, TEXT, "not ready: " + obstacle + "\n");
        }
      }
      case "/metrics" -> answer(exchange, OK, Exposition.CONTENT_TYPE, metrics.text());
      default -> answer(exchange, NOT_FOUND, TEXT, "/health, /ready, /metrics\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Answers nobody any more. May be called twice. */
  @Override
  public void close() {
    server.stop(0);
  }
}
