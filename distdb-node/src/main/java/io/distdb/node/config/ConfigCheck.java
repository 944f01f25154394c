// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.NodeId;
import io.distdb.sql.session.DatabaseOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds everything that is wrong with a configuration, the values by themselves and together. */
final class ConfigCheck {
  static final long MEBIBYTE = 1 << 20;
  static final long MEMORY_BUDGET_MIN = 8 * MEBIBYTE;
  private static final long SEGMENT_MIN = 1 << 12;
  private static final long SEGMENT_MAX = 1 << 30;
  private static final long CHECKPOINT_MIN = MEBIBYTE;
  private static final long IO_MIN = MEBIBYTE;
  private static final long DURATION_MAX = 366L * 24 * 3_600_000;
  private static final int PORT_MAX = (1 << 16) - 1;
  private static final int SHARDS_MAX = 1 << 12;
  private static final Pattern STORAGE = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final Pattern HOST = Pattern.compile("[^\\s@/]+");

  private final Config config;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private ConfigCheck(Config config) {
    this.config = config;
  }

  /** In the order of the documentation, those between several keys last. */
  static List<ConfigProblem> problems(Config config) {
    ConfigCheck check = new ConfigCheck(config);
    check.storage();
    check.sizesAndTimes();
    check.node();
    check.directories();
    check.ports();
    check.cluster();
    check.security();
    return check.problems;
  }

  private void storage() {
    if (STORAGE.matcher(config.storage()).matches()) {
      StorageProviders.installed()
          .problem(config.storage())
          .ifPresent(what -> add("storage", config.storage(), what));
    } else {
      refuse("storage", config.storage());
    }
  }

  private void sizesAndTimes() {
    range("durability_interval", config.intervalMillis(), 1, DURATION_MAX);
    range("max_connections", config.clientLimits().connectionsMax(), 1, 100_000);
    range("max_message_size", config.clientLimits().messageBytesMax(), 64 << 10, 1 << 30);
    range("login_timeout", config.clientLimits().loginMillis(), 1_000, 3_600_000);
    range("shutdown_timeout", config.clientLimits().drainMillis(), 0, 3_600_000);
    range("archive_interval", config.archive().intervalMillis(), 1, DURATION_MAX);
    range("journal_segment", config.journalSegmentBytes(), SEGMENT_MIN, SEGMENT_MAX);
    range("checkpoint", config.checkpointBytes(), CHECKPOINT_MIN, Long.MAX_VALUE);
    long heap = Runtime.getRuntime().maxMemory();
    if (config.memoryBudgetBytes() > heap) {
      add(
          "memory_budget",
          config.memoryBudgetBytes() + " bytes",
          "the heap is only " + heap + " bytes: lower it, or raise -Xmx");
    }
    range("memory_budget", config.memoryBudgetBytes(), MEMORY_BUDGET_MIN, Long.MAX_VALUE);
    range(
        "query_memory",
        config.queryMemoryBytes(),
        DatabaseOptions.QUERY_MEMORY_MIN,
        Long.MAX_VALUE);
    range("temp_file_limit", config.temporaryFileLimitBytes(), 0, Long.MAX_VALUE);
    range("version_retention", config.versionRetentionMillis(), 0, DURATION_MAX);
    range("checkpoint_io_limit", config.ioLimits().checkpoint(), IO_MIN, Long.MAX_VALUE);
    range("compaction_io_limit", config.ioLimits().compaction(), IO_MIN, Long.MAX_VALUE);
    range("collection_io_limit", config.ioLimits().collection(), IO_MIN, Long.MAX_VALUE);
    range("backup_io_limit", config.backupIoLimitBytes(), 0, Long.MAX_VALUE);
    range("backup_share", config.backupSharePercent(), 1, 100);
    range("statement_timeout", config.statementTimeoutMillis(), 0, Long.MAX_VALUE);
    range("lock_timeout", config.lockTimeoutMillis(), 0, Long.MAX_VALUE);
    range("log_min_duration_statement", config.slowStatementMillis(), -1, Integer.MAX_VALUE);
  }

  private void node() {
    ClusterConfig cluster = config.cluster();
    if (!NODE_ID.matcher(cluster.nodeId().value()).matches()) {
      refuse("node_id", cluster.nodeId().value());
    }
    if (!HOST.matcher(cluster.host()).matches()) {
      refuse("host", cluster.host());
    }
    range("port", cluster.port(), 1, PORT_MAX);
    range("sql_port", cluster.sqlPort(), 1, PORT_MAX);
    range("http_port", cluster.httpPort(), 0, PORT_MAX);
    cluster
        .shards()
        .ifPresent(shards -> {
          if (shards < 1 || shards > SHARDS_MAX || Integer.bitCount(shards) != 1) {
            refuse("shards", Integer.toString(shards));
          }
        });
  }

  private void directories() {
    config.walDirectory().ifPresent(wal -> apart("wal_dir", wal, "data_dir", config.directory()));
    config
        .archive()
        .directory()
        .ifPresent(archive -> {
          apart("archive_dir", archive, "data_dir", config.directory());
          if (config.walDirectory().isPresent()) {
            apart("archive_dir", archive, "wal_dir", config.walDirectory());
          }
        });
  }

  /** Neither directory is within the other. */
  private void apart(String key, Path directory, String otherKey, Optional<Path> other) {
    Path mine = directory.toAbsolutePath().normalize();
    if (other.isEmpty()) {
      add(
          List.of(key, otherKey),
          mine.toString(),
          "a database in memory has no journal: give data_dir too, or leave the key out");
      return;
    }
    Path theirs = other.get().toAbsolutePath().normalize();
    if (mine.startsWith(theirs) || theirs.startsWith(mine)) {
      add(
          List.of(key, otherKey),
          mine.toString(),
          "neither directory may be within the other, and " + otherKey + " is " + theirs);
    } else if (mine.toString().chars().anyMatch(Character::isISOControl)) {
      refuse(key, mine.toString());
    }
  }

  private void ports() {
    ClusterConfig cluster = config.cluster();
    Map<Integer, String> taken = new TreeMap<>();
    taken.put(cluster.port(), "port");
    List.of(Map.entry("sql_port", cluster.sqlPort()), Map.entry("http_port", cluster.httpPort()))
        .forEach(entry -> {
          if (entry.getValue() == 0) {
            return;
          }
          String other = taken.putIfAbsent(entry.getValue(), entry.getKey());
          if (other != null) {
            add(
                List.of(entry.getKey(), other),
                entry.getValue().toString(),
                other + " is " + entry.getValue() + " too: each needs a port of its own");
          }
        });
  }

  private void cluster() {
    ClusterConfig cluster = config.cluster();
    String value = String.join(",", cluster.nodes().stream().map(Object::toString).toList());
    Set<NodeId> ids = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (ClusterConfig.Member member : cluster.nodes()) {
      if (!NODE_ID.matcher(member.id().value()).matches()
          || member.port() < 1
          || member.port() > PORT_MAX) {
        add("cluster_nodes", value, member + " is wrong; " + Settings.accepted("cluster_nodes"));
      }
      if (!ids.add(member.id())) {
        add("cluster_nodes", value, "the node " + member.id() + " is named twice");
      }
      if (!addresses.add(member.host() + ":" + member.port())) {
        add(
            "cluster_nodes",
            value,
            "two nodes have the address " + member.host() + ":" + member.port());
      }
    }
    if (!ids.isEmpty() && !ids.contains(cluster.nodeId())) {
      add(
          List.of("cluster_nodes", "node_id"),
          value,
          "this node, whose node_id is " + cluster.nodeId() + ", is not among them");
    }
    replicationFactor(cluster);
    role(cluster);
  }

  private void role(ClusterConfig cluster) {
    if (cluster.clockOffsetLimitMillis() != 0) {
      range("clock_offset_limit", cluster.clockOffsetLimitMillis(), 100, 24 * 3_600_000L);
    }
    if (cluster.tls().isPresent() && !cluster.tls().get().isComplete()) {
      add(
          List.of("node_tls_certificate", "node_tls_key", "node_tls_authorities"),
          "",
          "connections between nodes need all three: give them all, or none");
    }
    if (cluster.role() == ClusterConfig.Role.READ_REPLICA && cluster.size() == 1) {
      add(
          List.of("role", "cluster_nodes"),
          "read_replica",
          "a read replica gets its rows from others: name them in cluster_nodes");
    }
  }

  private void replicationFactor(ClusterConfig cluster) {
    int factor = cluster.replicas();
    if (factor < 1) {
      refuse("replication_factor", Integer.toString(factor));
    } else if (factor > cluster.size()) {
      add(
          List.of("replication_factor", "cluster_nodes"),
          Integer.toString(factor),
          cluster.size() == 1
              ? "there is only one node; accepted: 1"
              : "there are only " + cluster.size() + " nodes; accepted: 1 to " + cluster.size());
    }
  }

  private void security() {
    SecurityConfig security = config.security();
    if (security.certificate().isPresent() != security.key().isPresent()) {
      boolean certificate = security.certificate().isPresent();
      add(
          List.of(
              certificate ? "tls_certificate" : "tls_key",
              certificate ? "tls_key" : "tls_certificate"),
          security.certificate().or(security::key).map(Path::toString).orElseThrow(),
          "a certificate needs its key, and a key its certificate: give both");
    }
  }

  private void range(String key, long value, long least, long most) {
    if (value < least || value > most) {
      refuse(key, Long.toString(value));
    }
  }

  private void refuse(String key, String value) {
    add(key, value, Settings.accepted(key));
  }

  private void add(String key, String value, String what) {
    add(List.of(key), value, what);
  }

  private void add(List<String> keys, String value, String what) {
    problems.add(new ConfigProblem(keys, value, what));
  }
}
