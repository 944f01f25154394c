// SPDX-License-Identifier: MIT
/**
 * The command line: {@code ./distdb sql}, {@code ./distdb demo}. Reads text, calls {@link
 * io.distdb.client.Client} and sessions, prints. The only user of picocli, JLine and logback;
 * nothing else of DistDB needs this package.
 */
package io.distdb.node.cli;
