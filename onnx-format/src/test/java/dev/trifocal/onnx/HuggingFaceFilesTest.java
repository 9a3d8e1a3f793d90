package dev.trifocal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceFilesTest {
  private static final String VIT =
      "'image_mean':[0.5,0.5,0.5],'image_std':[0.5,0.5,0.5],'rescale_factor':0.00392156862745098,";

  @TempDir private Path folder;

  @Test
  void names_and_preprocessing_beside_the_file_complete_what_it_says() throws IOException {
    write("config.json", "{'id2label':{'1':'bee','0':'ant'},'label2id':{'ant':0,'bee':1}}");
    write("preprocessor_config.json", "{%s'size':{'height':224,'width':224}}".formatted(VIT));
    ModelMetadata read = ModelMetadata.of("f", Map.of()).completed(folder.resolve("model.onnx"));
    assertThat(read.classes()).containsExactly("ant", "bee");
    assertThat(read.preprocessing())
        .contains(
            new Preprocessing(
                0, Preprocessing.Order.RGB, 255, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5)));
    assertThat(read.fitting(3).classes()).as("of a network of three").isEmpty();
    assertThat(ModelMetadata.of("f", Map.of("names", "['x', 'y']")).completed(folder.resolve("m")))
        .as("the file's own names come first")
        .extracting(ModelMetadata::classes)
        .isEqualTo(List.of("x", "y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'label2id':{'bee':1,'ant':0}}",
        "{'label2id':{'bee':'1','ant':'0'}}",
        "{'label_names':['ant','bee']}",
        "{'pretrained_cfg':{'label_names':['ant','bee']}}",
        "\uFEFF{'id2label':{'1':'bee','0':'ant'}}"
      })
  void names_are_found_however_they_are_kept(String config) throws IOException {
    write("config.json", config);
    assertThat(beside("m.onnx").classes()).containsExactly("ant", "bee");
  }

  @Test
  void letters_may_be_escaped_as_python_does() {
    assertThat(ForeignNames.of("{0: 'b\\xe9e', 1: 'c\\u00e9', 2: 'x\\\\x41'}"))
        .containsExactly("b\u00e9e", "c\u00e9", "x\\x41");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['ant', 'bee']",
        "[\n  \"ant\",\n  \"bee\"\n]\n",
        "{0: 'ant', 1: 'bee'}",
        "{\"bee\": 1, \"ant\": 0}",
        "{\"0\": [\"n1\", \"ant\"], \"1\": [\"n2\", \"bee\"]}",
        "{\"model\": 3, \"id2label\": {\"0\": \"ant\", \"1\": \"bee\"}}",
        "{\"categories\": [\"ant\", \"bee\"]}"
      })
  void lists_of_json_and_python_are_read(String text) {
    assertThat(ForeignNames.of(text)).containsExactly("ant", "bee");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ant\nbee", "[ant]\n[bee]", "['ant']\n['bee']", "{\"a\": 1}", "{}", "[[]]"})
  void what_lists_no_names_gives_none(String text) {
    assertThat(ForeignNames.of(text)).isEmpty();
  }

  @Test
  void they_lie_one_folder_above_where_that_is_called_onnx() throws IOException {
    write("config.json", "{'id2label':{'0':'ant'}}");
    assertThat(beside("onnx/model.onnx").classes()).containsExactly("ant");
    assertThat(beside("other/model.onnx").classes()).isEmpty();
  }

  @Test
  void the_shorter_side_is_that_before_the_middle_is_cut_out() throws IOException {
    assertThat(shorterSide("'size':{'shortest_edge':256},'do_center_crop':true")).contains(256);
    assertThat(shorterSide("'size':256,'do_center_crop':true,'crop_size':224")).contains(256);
    assertThat(shorterSide("'size':{'shortest_edge':224},'crop_pct':0.875")).contains(256);
    assertThat(shorterSide("'size':{'shortest_edge':384},'crop_pct':0.875")).contains(384);
    assertThat(shorterSide("'size':224")).contains(0);
    assertThat(shorterSide("'size':{'height':256,'width':256},'do_center_crop':true")).isEmpty();
    assertThat(shorterSide("'do_resize':false")).isEmpty();
  }

  @Test
  void models_of_timm_keep_their_preprocessing_beside_the_names() throws IOException {
    String timm =
        "{'label_names':['ant','bee'],'pretrained_cfg':{'input_size':[3,224,224],'crop_pct':0.95,"
            + "'mean':[0.485,0.456,0.406],'std':[0.229,0.224,0.225]%s}}";
    write("config.json", timm.formatted(""));
    assertThat(beside("m.onnx").classes()).containsExactly("ant", "bee");
    assertThat(beside("m.onnx").preprocessing())
        .contains(
            new Preprocessing(
                235,
                Preprocessing.Order.RGB,
                255,
                List.of(0.485, 0.456, 0.406),
                List.of(0.229, 0.224, 0.225)));
    write("config.json", timm.formatted(",'crop_mode':'squash'"));
    assertThat(beside("m.onnx").preprocessing().map(Preprocessing::shorterSide)).contains(0);
    write("preprocessor_config.json", "{%s'size':224}".formatted(VIT));
    assertThat(beside("m.onnx").preprocessing().map(Preprocessing::mean))
        .contains(List.of(0.5, 0.5, 0.5));
  }

  @Test
  void mere_numbers_are_no_names() throws IOException {
    write("config.json", "{'id2label':{'0':'LABEL_0','1':'LABEL_1'}}");
    assertThat(beside("m.onnx"))
        .isEqualTo(new HuggingFaceFiles(List.of(), Optional.empty(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "config.json              | {'id2label': | config.json is not valid JSON: Unexpected end",
        "config.json              | ['ant']      | config.json is not a JSON object",
        "preprocessor_config.json | no JSON      | preprocessor_config.json is not valid JSON: ",
        "preprocessor_config.json | {'size':224,'image_mean':'x'} | preprocessor_config.json describes",
        "preprocessor_config.json | {'do_resize':false} | preprocessor_config.json describes"
      })
  void what_cannot_be_used_is_left_out_and_named(String file, String content, String reason)
      throws IOException {
    write(file, content);
    HuggingFaceFiles read = beside("m.onnx");
    assertThat(read.classes()).isEmpty();
    assertThat(read.preprocessing()).isEmpty();
    assertThat(read.unread()).singleElement().asString().startsWith(reason);
    assertThat(ModelMetadata.of("f", Map.of()).unreadBeside(folder.resolve("m.onnx")))
        .isEqualTo(read.unread());
  }

  private Optional<Integer> shorterSide(String fields) throws IOException {
    write("preprocessor_config.json", "{%s%s}".formatted(VIT, fields));
    return beside("m.onnx").preprocessing().map(Preprocessing::shorterSide);
  }

  private HuggingFaceFiles beside(String model) {
    return HuggingFaceFiles.beside(folder.resolve(model));
  }

  private void write(String name, String json) throws IOException {
    Files.writeString(folder.resolve(name), json.replace('\'', '"'));
  }
}
