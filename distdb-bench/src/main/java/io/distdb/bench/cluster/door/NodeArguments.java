// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster.door;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node's process is told.
 *
 * @param self its name
 * @param peers all nodes with the ports at which they talk to each other, on loopback
 * @param doorPort where it takes requests
 * @param leases whether the leader may answer gets by a lease, if its library knows of such
 */
public record NodeArguments(
    String self, Path directory, int doorPort, Map<String, Integer> peers, boolean leases) {
  public NodeArguments {
    peers = new TreeMap<>(peers);
  }

  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(self);
    words.add(directory.toString());
    words.add(Integer.toString(doorPort));
    words.add(Boolean.toString(leases));
    peers.forEach((name, port) -> words.add(name + "=" + port));
    return words;
  }

  public static NodeArguments read(String[] words) {
    Map<String, Integer> peers = new TreeMap<>();
    for (int i = 4; i < words.length; i++) {
      String[] parts = words[i].split("=");
      peers.put(parts[0], Integer.parseInt(parts[1]));
    }
    return new NodeArguments(
        words[0],
        Path.of(words[1]),
        Integer.parseInt(words[2]),
        peers,
        Boolean.parseBoolean(words[3]));
  }

  public int port() {
    return peers.get(self);
  }
}
