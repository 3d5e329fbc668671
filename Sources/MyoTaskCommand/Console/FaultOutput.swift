import EMGBatch
import PrintableText

/// How faults and warnings of many inputs show: one fault once, however many inputs share it.
enum FaultOutput {
    /// How many warnings are printed; a program reads all of them with `--json`.
    private static let mostWarnings = 40
    /// How many faults or warnings of recordings are printed one by one.
    private static let mostSingle = 40

    /// Prints what is refused.
    static func refuse(_ notes: [FaultGroup.Note]) {
        for group in FaultGroup.groups(of: notes) { Console.problem("refused: \(group)") }
    }

    /// Prints what is wrong with recordings: one by one, or, of many, each fault once.
    ///
    /// - Parameters:
    ///   - notes: What is wrong, with the recording or before it.
    ///   - word: What stands before it, as `refused`.
    static func refuse(_ notes: [FaultGroup.Note], as word: String) {
        let texts =
            notes.count > mostSingle
            ? FaultGroup.groups(of: notes, by: .sameButNumbers).map(\.description)
            : notes.map(\.text)
        for text in texts.prefix(mostWarnings) { Console.problem("\(word): \(text)") }
        if texts.count > mostWarnings {
            Console.problem("\(word): \(texts.count - mostWarnings) more (--json has all)")
        }
    }

    /// Says that there is nothing to be read.
    static func refuseNothing(hint: String = "check the paths") {
        Console.problem("refused: no recording was found\n  hint: \(hint)")
    }

    /// Prints what should be known.
    static func warn(_ notes: [FaultGroup.Note]) {
        let groups = FaultGroup.groups(of: notes, by: .sameButNumbers)
        for group in groups.prefix(mostWarnings) { Console.warning("\(group)") }
        if groups.count > mostWarnings {
            Console.warning(
                "and \(groups.count - mostWarnings, of: "more warning") (--json has all)")
        }
    }

    /// Prints what should be known of recordings: one by one, or, of many, the like once.
    ///
    /// - Parameter texts: What should be known; what stands before a colon is what it is about.
    static func warn(_ texts: [String]) {
        guard texts.count > mostSingle else { return texts.forEach(Console.warning) }
        warn(
            texts.map { text in
                FaultGroup.Note(
                    subject: text.firstRange(of: ": ").map { String(text[..<$0.lowerBound]) }
                        ?? text, text: text)
            })
    }
}
