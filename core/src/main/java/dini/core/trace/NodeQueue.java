package dini.core.trace;

import java.util.Arrays;

/**
 * Nodes to go back through, the last recorded first, each once: a binary heap, since most hold few
 * nodes.
 */
final class NodeQueue {
  private LinearNode[] heap = new LinearNode[16];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds a node that is not in a queue. */
  void add(LinearNode node) {
    if (node.queued) {
      return;
    }
    node.queued = true;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    int hole = size++;
    while (hole > 0 && heap[(hole - 1) >>> 1].sequence < node.sequence) {
      heap[hole] = heap[(hole - 1) >>> 1];
      hole = (hole - 1) >>> 1;
    }
    heap[hole] = node;
  }

  LinearNode poll() {
    LinearNode first = heap[0];
    LinearNode moved = heap[--size];
    heap[size] = null;
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && heap[child + 1].sequence > heap[child].sequence) {
        child++;
      }
      if (heap[child].sequence < moved.sequence) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    if (size > 0) {
      heap[hole] = moved;
    }
    first.queued = false;
    return first;
  }
}
