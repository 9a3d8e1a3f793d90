package dev.trifocal.zoo;

import dev.trifocal.shape.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a PyTorch state dictionary as timm's modules make them; written down from {@code
 * timm/models/resnet.py}, {@code vgg.py}, {@code efficientnet.py} and {@code
 * _efficientnet_blocks.py}, and not from the networks of the zoo.
 */
final class TimmState {
  private final Map<String, Shape> entries = new LinkedHashMap<>();

  Map<String, Shape> entries() {
    return entries;
  }

  /**
   * {@code ResNet} of {@code BasicBlock} or {@code Bottleneck}.
   *
   * @param expansion of the block: 1 or 4
   */
  static TimmState resNet(int expansion, int... depths) {
    TimmState state = new TimmState();
    state.conv("conv1", 64, 3, 7).norm("bn1", 64);
    int channels = 64;
    for (int stage = 0; stage < depths.length; stage++) {
      int planes = 64 * (1 << stage);
      int out = expansion * planes;
      for (int block = 0; block < depths[stage]; block++) {
        String path = "layer%d.%d.".formatted(stage + 1, block);
        if (expansion > 1) {
          state.conv(path + "conv1", planes, channels, 1).norm(path + "bn1", planes);
          state.conv(path + "conv2", planes, planes, 3).norm(path + "bn2", planes);
          state.conv(path + "conv3", out, planes, 1).norm(path + "bn3", out);
        } else {
          state.conv(path + "conv1", planes, channels, 3).norm(path + "bn1", planes);
          state.conv(path + "conv2", planes, planes, 3).norm(path + "bn2", planes);
        }
        // make_blocks: where the stride is not 1, or the channels change.
        if (block == 0 && (stage > 0 || channels != out)) {
          state.conv(path + "downsample.0", out, channels, 1).norm(path + "downsample.1", out);
        }
        channels = out;
      }
    }
    return state.linear("fc", 1000, channels);
  }

  /**
   * {@code VGG}: features, {@code ConvMlp}, {@code ClassifierHead}.
   *
   * @param norm {@code nn.Identity}, or {@code nn.BatchNorm2d} of the models with {@code _bn}
   * @param maps of each convolution; 0 for a pool ('M')
   */
  static TimmState vgg(Vgg.Norm norm, int... maps) {
    TimmState state = new TimmState();
    int channels = 3;
    int index = 0;
    for (int count : maps) {
      if (count == 0) {
        index++;
        continue;
      }
      state.conv("features." + index, count, channels, 3).bias("features." + index, count);
      if (norm == Vgg.Norm.BATCH) {
        state.norm("features." + (index + 1), count);
      }
      index += norm == Vgg.Norm.BATCH ? 3 : 2;
      channels = count;
    }
    state.conv("pre_logits.fc1", 4096, 512, 7).bias("pre_logits.fc1", 4096);
    state.conv("pre_logits.fc2", 4096, 4096, 1).bias("pre_logits.fc2", 4096);
    return state.linear("head.fc", 1000, 4096);
  }

  /** {@code EfficientNet} with the {@code arch_def} of {@code _gen_mobilenet_v2}. */
  static TimmState mobileNetV2() {
    TimmState state = new TimmState();
    state.conv("conv_stem", 32, 3, 3).norm("bn1", 32);
    state.conv("blocks.0.0.conv_dw", 32, 1, 3).norm("blocks.0.0.bn1", 32);
    state.conv("blocks.0.0.conv_pw", 16, 32, 1).norm("blocks.0.0.bn2", 16);
    int channels = 16;
    // r, c of ir_r2_k3_s2_e6_c24 and so on.
    List<int[]> stages =
        List.of(
            new int[] {2, 24},
            new int[] {3, 32},
            new int[] {4, 64},
            new int[] {3, 96},
            new int[] {3, 160},
            new int[] {1, 320});
    for (int stage = 0; stage < stages.size(); stage++) {
      for (int block = 0; block < stages.get(stage)[0]; block++) {
        String path = "blocks.%d.%d.".formatted(stage + 1, block);
        int middle = 6 * channels;
        int out = stages.get(stage)[1];
        state.conv(path + "conv_pw", middle, channels, 1).norm(path + "bn1", middle);
        state.conv(path + "conv_dw", middle, 1, 3).norm(path + "bn2", middle);
        state.conv(path + "conv_pwl", out, middle, 1).norm(path + "bn3", out);
        channels = out;
      }
    }
    state.conv("conv_head", 1280, 320, 1).norm("bn2", 1280);
    return state.linear("classifier", 1000, 1280);
  }

  private TimmState conv(String path, int out, int in, int kernel) {
    entries.put(path + ".weight", Shape.of(out, in, kernel, kernel));
    return this;
  }

  private TimmState bias(String path, int out) {
    entries.put(path + ".bias", Shape.of(out));
    return this;
  }

  private TimmState linear(String path, int out, int in) {
    entries.put(path + ".weight", Shape.of(out, in));
    return bias(path, out);
  }

  private TimmState norm(String path, int channels) {
    for (String field : List.of("weight", "bias", "running_mean", "running_var")) {
      entries.put(path + "." + field, Shape.of(channels));
    }
    entries.put(path + ".num_batches_tracked", Shape.of());
    return this;
  }
}
