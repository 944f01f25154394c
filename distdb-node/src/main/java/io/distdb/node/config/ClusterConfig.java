// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a node is, where it listens, and with whom it makes a cluster. An embedded database listens
 * nowhere, and is a cluster of one.
 *
 * @param nodeId this node, unique in its cluster
 * @param host the address that this node listens at
 * @param port of other nodes
 * @param sqlPort of PostgreSQL clients
 * @param httpPort of operators; 0: they are not listened to
 * @param nodes every node of the cluster, this one among them; empty for a node that is alone
 * @param replicationFactor nodes that have each row; empty: all of them
 * @param shards pieces that tables are cut into; empty: one
 * @param role what this node is to be in its cluster
 * @param tls of connections between nodes; empty: they are in plain text
 * @param clockOffsetLimitMillis up to which the wall clocks of two nodes agree; 0: nobody looks
 */
public record ClusterConfig(
    NodeId nodeId,
    String host,
    int port,
    int sqlPort,
    int httpPort,
    List<Member> nodes,
    OptionalInt replicationFactor,
    OptionalInt shards,
    Role role,
    Optional<NodeTls> tls,
    long clockOffsetLimitMillis) {
  /** A node alone, at the usual ports of this machine. */
  public static final ClusterConfig ALONE =
      new ClusterConfig(
          new NodeId("node-1"),
          "127.0.0.1",
          5000,
          5433,
          0,
          List.of(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Role.MEMBER,
          Optional.empty(),
          500);

  public ClusterConfig {
    Objects.requireNonNull(nodeId, "nodeId");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(replicationFactor, "replicationFactor");
    Objects.requireNonNull(shards, "shards");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(tls, "tls");
    nodes = List.copyOf(nodes);
  }

  /** How many nodes there are, 1 at least. */
  public int size() {
    return Math.max(1, nodes.size());
  }

  /** Whether this is a member of a cluster, be it of one. */
  public boolean isCluster() {
    return !nodes.isEmpty();
  }

  /** How many nodes have each row: as many as there are, when nobody said. */
  public int replicas() {
    return replicationFactor.orElse(size());
  }

  /** How many shards there are: one, when nobody said. */
  public int shardCount() {
    return shards.orElse(1);
  }

  ClusterConfig withNodeId(String id) {
    return new ClusterConfig(
        new NodeId(id),
        host,
        port,
        sqlPort,
        httpPort,
        nodes,
        replicationFactor,
        shards,
        role,
        tls,
        clockOffsetLimitMillis);
  }

  ClusterConfig withHost(String newHost) {
    return new ClusterConfig(
        nodeId,
        newHost,
        port,
        sqlPort,
        httpPort,
        nodes,
        replicationFactor,
        shards,
        role,
        tls,
        clockOffsetLimitMillis);
  }

  ClusterConfig withPorts(int newPort, int newSqlPort, int newHttpPort) {
    return new ClusterConfig(
        nodeId,
        host,
        newPort,
        newSqlPort,
        newHttpPort,
        nodes,
        replicationFactor,
        shards,
        role,
        tls,
        clockOffsetLimitMillis);
  }

  ClusterConfig withNodes(List<Member> newNodes) {
    return new ClusterConfig(
        nodeId,
        host,
        port,
        sqlPort,
        httpPort,
        newNodes,
        replicationFactor,
        shards,
        role,
        tls,
        clockOffsetLimitMillis);
  }

  ClusterConfig withReplicationFactor(int factor) {
    return new ClusterConfig(
        nodeId,
        host,
        port,
        sqlPort,
        httpPort,
        nodes,
        OptionalInt.of(factor),
        shards,
        role,
        tls,
        clockOffsetLimitMillis);
  }

  ClusterConfig withShards(int count) {
    return new ClusterConfig(
        nodeId,
        host,
        port,
        sqlPort,
        httpPort,
        nodes,
        replicationFactor,
        OptionalInt.of(count),
        role,
        tls,
        clockOffsetLimitMillis);
  }

  ClusterConfig withRole(Role newRole) {
    return new ClusterConfig(
        nodeId,
        host,
        port,
        sqlPort,
        httpPort,
        nodes,
        replicationFactor,
        shards,
        newRole,
        tls,
        clockOffsetLimitMillis);
  }

  ClusterConfig withTls(UnaryOperator<NodeTls> change) {
    NodeTls changed = change.apply(tls.orElse(NodeTls.NONE));
    return new ClusterConfig(
        nodeId,
        host,
        port,
        sqlPort,
        httpPort,
        nodes,
        replicationFactor,
        shards,
        role,
        Optional.of(changed),
        clockOffsetLimitMillis);
  }

  ClusterConfig withClockOffsetLimitMillis(long limit) {
    return new ClusterConfig(
        nodeId, host, port, sqlPort, httpPort, nodes, replicationFactor, shards, role, tls, limit);
  }

  /** What a node is to be in its cluster. */
  public enum Role {
    MEMBER,
    /** Has all rows, and never votes. */
    READ_REPLICA
  }

  /**
   * Files in PEM, all of them or none.
   *
   * @param certificate that the node shows the others, and those that signed it
   * @param key of the certificate
   * @param authorities whose certificates the others must show
   */
  public record NodeTls(
      Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {
    static final NodeTls NONE = new NodeTls(Optional.empty(), Optional.empty(), Optional.empty());

    boolean isComplete() {
      return certificate.isPresent() && key.isPresent() && authorities.isPresent();
    }

    NodeTls withCertificate(Path file) {
      return new NodeTls(Optional.of(file), key, authorities);
    }

    NodeTls withKey(Path file) {
      return new NodeTls(certificate, Optional.of(file), authorities);
    }

    NodeTls withAuthorities(Path file) {
      return new NodeTls(certificate, key, Optional.of(file));
    }
  }

  /** A node of the cluster, and where the others reach it. */
  public record Member(NodeId id, String host, int port) {
    private static final Pattern TEXT =
        Pattern.compile("([^@\\s]+)@(\\[[0-9A-Fa-f:.%]+]|[^@:\\s\\[\\]]+):([0-9]{1,5})");

    /**
     * Members from {@code node_id@host:port,…}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException it is written otherwise
     */
    static List<Member> parseAll(String text) {
      String list =
          text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
      List<Member> members = new ArrayList<>();
      for (String member : list.split(",", -1)) {
        members.add(parse(member.strip()));
      }
      return members;
    }

    private static Member parse(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("\"" + text + "\" is not node_id@host:port");
      }
      return new Member(
          new NodeId(matcher.group(1)), matcher.group(2), Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
      return id + "@" + host + ":" + port;
    }
  }
}
