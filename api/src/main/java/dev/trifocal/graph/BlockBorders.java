package dev.trifocal.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Finds the borders of blocks for which the peak of a training step with recomputation is lowest.
 *
 * <p>While the backward pass is in a block, memory holds what earlier blocks have kept and, of the
 * block, the values up to the node at hand with its gradients. For a given bound of that sum, the
 * borders up to each node that keep the least are found by dynamic programming, as what a block
 * adds depends on its own borders only; the lowest bound that has a solution is found by bisection.
 */
final class BlockBorders {
  private static final long IMPOSSIBLE = Long.MAX_VALUE;

  private final StepValues values;
  private final int count;
  private final boolean[] allowed;

  /** For each index, the nodes whose value that node is the last to read. */
  private final List<List<Integer>> lastReadBy = new ArrayList<>();

  BlockBorders(StepValues values) {
    this.values = values;
    this.count = values.sizes().size();
    this.allowed = new boolean[count + 1];
    Arrays.fill(allowed, true);
    for (int i = 0; i <= count; i++) {
      lastReadBy.add(new ArrayList<>());
    }
    for (int i = 0; i < count; i++) {
      int last = values.lastReaders().get(i);
      lastReadBy.get(last).add(i);
      if (values.merged().get(i)) {
        Arrays.fill(allowed, i + 1, last + 1, false);
      }
    }
  }

  /** Returns the indices of the nodes that begin a block, without the first, in ascending order. */
  List<Integer> ofLowestPeak() {
    long low = 0;
    long high = peakOfOneBlock();
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (new Search(middle).run()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    Search best = new Search(high);
    best.run();
    return best.borders();
  }

  private long peakOfOneBlock() {
    long held = 0;
    long peak = 0;
    for (int i = 0; i < count; i++) {
      held += values.held().get(i);
      peak = Math.max(peak, held + values.gradients().get(i));
    }
    return peak;
  }

  /** The borders that keep the least within a bound of the peak. */
  private final class Search {
    private final long bound;

    /** What the blocks up to a node keep, by its index. */
    private final long[] kept = new long[count + 1];

    /** Where the last of these blocks begins. */
    private final int[] start = new int[count + 1];

    Search(long bound) {
      this.bound = bound;
    }

    /** Returns whether there are such borders. */
    boolean run() {
      Arrays.fill(kept, IMPOSSIBLE);
      kept[0] = 0;
      for (int from = 0; from < count; from++) {
        if (allowed[from] && kept[from] != IMPOSSIBLE) {
          addBlocks(from);
        }
      }
      return kept[count] != IMPOSSIBLE;
    }

    private void addBlocks(int from) {
      long held = 0;
      long crossing = 0;
      for (int i = from; i < count; i++) {
        held += values.held().get(i);
        if (kept[from] + held + values.gradients().get(i) > bound) {
          return;
        }
        crossing += values.sizes().get(i);
        for (int ended : lastReadBy.get(i)) {
          crossing -= ended >= from ? values.sizes().get(ended) : 0;
        }
        addBlock(from, i + 1, kept[from] + crossing);
      }
    }

    private void addBlock(int from, int to, long keeps) {
      // The first block that reaches the end is the largest one.
      boolean better = to == count ? kept[to] == IMPOSSIBLE : keeps < kept[to];
      if (allowed[to] && better) {
        kept[to] = keeps;
        start[to] = from;
      }
    }

    List<Integer> borders() {
      List<Integer> result = new ArrayList<>();
      for (int to = start[count]; to > 0; to = start[to]) {
        result.add(to);
      }
      Collections.reverse(result);
      return result;
    }
  }
}
