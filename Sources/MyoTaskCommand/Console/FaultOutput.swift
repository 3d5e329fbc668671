import EMGBatch
import PrintableText

/// How faults and warnings of many inputs show: one fault once, however many inputs share it.
enum FaultOutput {
    /// How many warnings are printed; a program reads all of them with `--json`.
    private static let mostWarnings = 40

    /// Prints what is refused.
    static func refuse(_ notes: [FaultGroup.Note]) {
        for group in FaultGroup.groups(of: notes) { Console.problem("refused: \(group)") }
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
}
