import Documents
import Experiments
import Testing

@Suite("Sweeps")
struct SweepAxisTests {
    @Test(
        "values stand between commas, those within brackets and quotes are of a value",
        arguments: [
            ("inner.learning_rate=1e-3,1e-4", ["0.001", "0.0001"]),
            ("seed=1,2,3", ["1", "2", "3"]),
            ("model.hidden=[64],[128, 32]", ["[64]", "[128,32]"]),
            ("model.name=dnn,cnn", ["dnn", "cnn"]),
            (#"a="x,y",'z,w'"#, ["x,y", "z,w"]),
            ("a={b: 1, c: 2},null", [#"{"b":1,"c":2}"#, "null"]),
        ])
    func values(text: String, expected: [String]) throws {
        let axis = try SweepAxis(text, source: "sweep 1")
        #expect(axis.values.map(\.briefText) == expected)
    }

    @Test(
        "what is no axis is refused with its place",
        arguments: ["seed", "seed=", "seed=1,,2", "seed=1,", "=1", "seed=[1,2", "a..b=1"])
    func refused(text: String) {
        let error = #expect(throws: DocumentError.self) {
            try SweepAxis(text, source: "sweep 3")
        }
        #expect(error?.description.hasPrefix("sweep 3") == true)
    }

    @Test("an axis of a document has a list of values")
    func ofDocument() throws {
        let document = try Document(
            yaml: "{train.seed: [1, 2], train.inner.epochs: [3]}".utf8, name: "e.yaml")
        let axes = try SweepAxis.axes(document.cursor)
        #expect(axes.map(\.path.description) == ["train.seed", "train.inner.epochs"])
        #expect(axes.map(\.values.count) == [2, 1])
        for wrong in ["{train.seed: 1}", "{train.seed: []}", "[1]", "{train..seed: [1]}"] {
            #expect(throws: DocumentError.self) {
                try SweepAxis.axes(Document(yaml: wrong.utf8, name: "e.yaml").cursor)
            }
        }
    }
}
