// SPDX-License-Identifier: MIT
package io.distdb.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.metrics.Metric;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.activity.StatementMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators are told, and that they cannot hurt. */
class OperatorServerTest {
  private final Readiness readiness = new Readiness();
  private final Exposition metrics = new Exposition();
  private final OperatorServer server =
      OperatorServer.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          Scheduler.threads(),
          readiness,
          metrics);

  @AfterEach
  void close() {
    server.close();
    server.close();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
      HttpRequest request =
          HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aNodeLivesBeforeItServes() throws Exception {
    assertThat(send("GET", "/health").statusCode()).isEqualTo(200);
    HttpResponse<String> early = send("GET", "/ready");
    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.body()).isEqualTo("not ready: recovery is not done\n");
    readiness.ready(Optional::empty);
    assertThat(send("GET", "/ready").statusCode()).isEqualTo(200);
    readiness.notReady("shutting down");
    assertThat(send("GET", "/ready").statusCode()).isEqualTo(503);
    assertThat(send("GET", "/health").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreAsPrometheusReadsThem() throws Exception {
    AtomicLong forces = new AtomicLong(3);
    metrics.add(
        List.of(
            Metric.counter("journal.forces", "forces", "Forces.", forces::get),
            Metric.gauge("versions.kept", "versions", "Versions.", () -> 7)));
    StatementMetrics statements = new StatementMetrics();
    statements.add(StatementMetrics.Kind.SELECT, 1_000);
    statements.add(StatementMetrics.Kind.SELECT, 100_000);
    statements.add(StatementMetrics.Kind.UPDATE, 3_600_000_000_000L);
    statements.error(ErrorCode.UNIQUE_VIOLATION);
    metrics.add(statements.metrics());
    metrics.add(statements);
    forces.set(4);
    HttpResponse<String> answer = send("GET", "/metrics");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body().lines())
        .contains(
            "distdb_journal_forces_total 4.0",
            "distdb_versions_kept_versions 7.0",
            "distdb_statements_select_statements_total 2.0",
            "distdb_errors_class_23_errors_total 1.0",
            "distdb_statement_seconds_bucket{le=\"6.5536E-5\"} 1",
            "distdb_statement_seconds_bucket{le=\"1.31072E-4\"} 2",
            "distdb_statement_seconds_bucket{le=\"+Inf\"} 3",
            "distdb_statement_seconds_count 3")
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(send("GET", "/").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/health/x").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/health").statusCode()).isEqualTo(405);
    HttpResponse<String> head = send("HEAD", "/health");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whoSaysNothingKeepsNobodyFromAsking() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
        silent.add(socket);
      }
      assertThat(send("GET", "/health").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void aTakenPortIsSaid() {
    assertThatThrownBy(() ->
            OperatorServer.start(
                server.address(), Scheduler.threads(), readiness, new Exposition()))
        .hasMessageStartingWith("cannot listen at ")
        .satisfies(error ->
            assertThat(((DistDbException) error).hint().orElseThrow()).contains("http_port"));
  }

  @Test
  void afterTheEndNobodyIsAnswered() {
    server.close();
    assertThatThrownBy(() -> send("GET", "/health")).isInstanceOf(IOException.class);
  }
}
