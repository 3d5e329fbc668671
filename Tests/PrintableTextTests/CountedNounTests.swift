import PrintableText
import Testing

@Suite("Counts with their nouns")
struct CountedNounTests {
    @Test(
        "one is in the singular, every other number in the plural",
        arguments: [
            (0, "0 tasks"), (1, "1 task"), (2, "2 tasks"), (21, "21 tasks"), (101, "101 tasks"),
        ])
    func regular(count: Int, expected: String) {
        #expect("\(count, of: "task")" == expected)
        #expect("\(UInt8(count), of: "task")" == expected)
        #expect("of \(count, of: "task") in all" == "of \(expected) in all")
    }

    @Test(
        "irregular plurals and verbs are said",
        arguments: [
            (0, "0 classes", "0 signals have no gain"), (1, "1 class", "1 signal has no gain"),
            (3, "3 classes", "3 signals have no gain"),
        ])
    func irregular(count: Int, noun: String, sentence: String) {
        #expect("\(count, of: "class", plural: "classes")" == noun)
        #expect("\(count, of: "signal has", plural: "signals have") no gain" == sentence)
    }
}
