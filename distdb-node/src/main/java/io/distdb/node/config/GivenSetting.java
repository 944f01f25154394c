// SPDX-License-Identifier: MIT
package io.distdb.node.config;

/**
 * A key and its value as somebody wrote them.
 *
 * @param place where, to be put into a message: {@code line 3 of distdb.yaml}
 */
record GivenSetting(String key, String value, String place) {}
