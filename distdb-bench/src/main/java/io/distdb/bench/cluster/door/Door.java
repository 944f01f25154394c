// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Takes requests for a node: a thread reads each connection and gives the node what came. */
public final class Door {
  private Door() {}

  /** Serves for ever. Says so on standard output first. */
  public static void serve(int port, Register register) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      System.out.println("ready");
      while (true) {
        SocketChannel socket = server.accept();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Visitor visitor = new Visitor(socket, register);
        Thread.ofPlatform().daemon().name("door").start(visitor::read);
      }
    }
  }
}
