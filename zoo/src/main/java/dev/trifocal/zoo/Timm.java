package dev.trifocal.zoo;

import dev.trifocal.zoo.hub.HubFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Weights published by PyTorch Image Models (timm) on Hugging Face's hub: torchvision's weights for
 * ResNet and VGG, and timm's own for MobileNetV2. Names, padding, epsilon and preprocessing are
 * those of timm's {@code resnet.py}, {@code vgg.py} and {@code efficientnet.py}.
 *
 * <p>Files are pinned by commit or SHA-256 where the hub's pages show them; otherwise they come
 * from the branch {@code main} and are verified against the digest that the hub reports.
 */
final class Timm {
  private static final String MAIN = "main";
  private static final String WEIGHTS = "model.safetensors";

  /** The names of the ImageNet classes, in the order that all of these networks use. */
  private static final HubFile IMAGENET =
      new HubFile(
          "datasets/huggingface/label-files",
          "07834806d2078a70311c45c899d9753f0d1f07fa",
          "imagenet-1k-id2label.json",
          Optional.empty());

  private Timm() {}

  private record Pin(String revision, Optional<String> sha256) {
    static Pin of(String revision, String sha256) {
      return new Pin(revision, Optional.of(sha256));
    }

    static Pin of(String revision) {
      return new Pin(revision, Optional.empty());
    }
  }

  private static final Map<String, Pin> TORCHVISION =
      Map.ofEntries(
          Map.entry(
              "resnet18",
              Pin.of(
                  "a987fd6b60f845221bfff84b6f0191273ba56ead",
                  "694f673df6520a3158624e8a89af086f59923ee4cd7436fe5bc3bc71d295ad81")),
          Map.entry("resnet34", Pin.of(MAIN)),
          Map.entry(
              "resnet50",
              Pin.of(
                  "aa6c2d36d56bc0209040c02b5a7b7d7bf11d57b8",
                  "5d061a3c593d795bfe682d9b152bafbcf550579873492def3515b46db1189888")),
          Map.entry("resnet101", Pin.of(MAIN)),
          Map.entry(
              "resnet152",
              Pin.of(MAIN, "15897077afdf4d6334dc0c3f8e6fb483afb3faa9298c139f3c6eb29bca6ae5b2")),
          Map.entry(
              "vgg11",
              Pin.of(
                  "38b46049b490ec2bdb6d4d32b8354c74977f3347",
                  "682c023808812148d4e60c76d80ad83dbeaf5d50eb1a952a0b836895003151e5")),
          Map.entry("vgg11_bn", Pin.of(MAIN)),
          Map.entry("vgg13", Pin.of("398c5a92d29787ceca04d7b45c8a07efd8f934f7")),
          Map.entry(
              "vgg13_bn",
              Pin.of(
                  "ed6e64d6167edbe08697cb4d7ceaef5077972131",
                  "7dae235e35772693cd527e7ac9ef8f6594707a14a8d26aabdb83c0baa6847861")),
          Map.entry(
              "vgg16",
              Pin.of(
                  "3394518cba29aee1ea82a49d971be90d2dd1dab7",
                  "57b026918159a6bf9faf8405c3a551903768e7138989d9c6224a14227203fad8")),
          Map.entry(
              "vgg16_bn",
              Pin.of(
                  "e00c01e7cee168262dcba6428dc4a8f41e27e965",
                  "88bbedbc8e780413736db38ac4efd41b06fc0e93fd5b8879b584bba63a950129")),
          Map.entry(
              "vgg19",
              Pin.of(MAIN, "11aea017b543ff59233749d8f1cf544cda749378f5790d2fedab841fb86b7669")),
          Map.entry(
              "vgg19_bn",
              Pin.of(MAIN, "f8249087e63bae61c6166bb23d7c26efe1b2a43fd9fb5cd60ac6ce00535ba312")));

  /** Returns torchvision's weights of a ResNet, under torchvision's names. */
  static HubWeights resNet(String name) {
    return torchvision(name, ParameterNames.SAME);
  }

  /** Returns torchvision's weights of a VGG, whose dense layers are convolutions in timm. */
  static HubWeights vgg(String name) {
    return torchvision(
        name,
        new ParameterNames(
            Map.of(
                "pre_logits.fc1", "classifier.0",
                "pre_logits.fc2", "classifier.3",
                "head.fc", "classifier.6"),
            Set.of("pre_logits.fc1", "pre_logits.fc2")));
  }

  /** Returns timm's own weights of MobileNetV2, trained with RandAugment. */
  static HubWeights mobileNetV2() {
    HubFile file =
        new HubFile(
            "timm/mobilenetv2_100.ra_in1k",
            "f3ff81ba89de0bc46b546568ebeab2edef6b9d49",
            WEIGHTS,
            Optional.of("55ea4fb3a96010b933710ebf44fc965b070d5cd054d3f35e44f2d1320b4a714e"));
    return new HubWeights(file, mobileNetV2Names(), IMAGENET, "Apache-2.0", "bicubic");
  }

  private static HubWeights torchvision(String name, ParameterNames names) {
    Pin pin = TORCHVISION.get(name);
    HubFile file =
        new HubFile("timm/%s.tv_in1k".formatted(name), pin.revision, WEIGHTS, pin.sha256);
    return new HubWeights(file, names, IMAGENET, "BSD-3-Clause", "bilinear");
  }

  /** Maps timm's stages and blocks to consecutively numbered {@code features}. */
  private static ParameterNames mobileNetV2Names() {
    Map<String, String> layers = new LinkedHashMap<>();
    layers.put("conv_stem", "features.0.0");
    layers.put("bn1", "features.0.1");
    rename(layers, "blocks.0.0", "features.1.conv", List.of("conv_dw", "bn1", "conv_pw", "bn2"));
    int number = 2;
    List<Integer> repeats = List.of(1, 2, 3, 4, 3, 3, 1);
    for (int stage = 1; stage < repeats.size(); stage++) {
      for (int block = 0; block < repeats.get(stage); block++) {
        rename(
            layers,
            "blocks.%s.%s".formatted(stage, block),
            "features.%s.conv".formatted(number++),
            List.of("conv_pw", "bn1", "conv_dw", "bn2", "conv_pwl", "bn3"));
      }
    }
    layers.put("conv_head", "features.18.0");
    layers.put("bn2", "features.18.1");
    layers.put("classifier", "classifier.1");
    return new ParameterNames(layers, Set.of());
  }

  /**
   * Renames pairs of a convolution and a norm; all pairs but the last are blocks with an
   * activation, under one number.
   */
  private static void rename(
      Map<String, String> layers, String from, String to, List<String> fields) {
    int last = fields.size() - 2;
    for (int i = 0; i < last; i++) {
      layers.put(from + "." + fields.get(i), "%s.%s.%s".formatted(to, i / 2, i % 2));
    }
    layers.put(from + "." + fields.get(last), "%s.%s".formatted(to, last / 2));
    layers.put(from + "." + fields.get(last + 1), "%s.%s".formatted(to, last / 2 + 1));
  }
}
