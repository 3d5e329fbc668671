import PrintableText
import Testing

@Suite struct NameListTests {
    @Test(arguments: [
        ([], 2, "none"), (["a"], 2, "a"), (["a", "b"], 2, "a, b"),
        (["a", "b", "c"], 2, "a, b, … (3 in all)"),
    ])
    func `a sentence names the first ones and says how many there are`(
        names: [String], limit: Int, text: String
    ) {
        #expect(NameList(names, limit: limit).description == text)
    }
}
