private import EMGSignal
private import PrintableText
private import Statistics

extension Leaderboard {
    /// The accuracies: a row for each method, a column for each setting.
    package var accuracyRows: [[String]] {
        let settings = run.settings.supports
        return [["method"] + settings.map(\.title)]
            + methods.map { method in
                [method]
                    + settings.indices.map { setting in
                        guard let cell = cell(method, setting) else { return "–" }
                        let interval = cell.interval.map {
                            " [\(CompactNumber.decimal(100 * $0.low)), "
                                + "\(CompactNumber.decimal(100 * $0.high))]"
                        }
                        return CompactNumber.decimal(100 * cell.accuracy) + (interval ?? "")
                    }
            }
    }

    /// What else is known of each method at each setting.
    package var detailRows: [[String]] {
        [
            [
                "support", "method", "accuracy", "worst", "\(reference) ahead by", "p",
                "calibration error", "−log p", "ms to adapt", "gradients", "expected, off by",
            ]
        ]
            + cells.map { cell in
                let difference = difference(cell.method, cell.setting)
                return [
                    run.settings.supports[cell.setting].title, cell.method,
                    CompactNumber.decimal(100 * cell.accuracy),
                    CompactNumber.decimal(100 * cell.worst),
                    difference.map { difference in
                        CompactNumber.signedDecimal(100 * difference.mean)
                            + (difference.interval.map {
                                " [\(CompactNumber.signedDecimal(100 * $0.low)), "
                                    + "\(CompactNumber.signedDecimal(100 * $0.high))]"
                            } ?? "")
                    } ?? "–",
                    difference.map { CompactNumber.probability($0.probability) } ?? "–",
                    CompactNumber.share(cell.calibrationError), CompactNumber.share(cell.loss),
                    CompactNumber.decimal(1_000 * cell.seconds),
                    CompactNumber.text(cell.gradients),
                    cell.expectationError.map { CompactNumber.decimal(100 * $0) } ?? "–",
                ]
            }
    }

    /// What was chosen and why, in sentences.
    package var notes: [String] {
        let people = run.people
        let settings = run.settings
        let parts = settings.foldCount(of: people)
        var lines = [
            "\(settings.name), version \(settings.version): \(settings.about)",
            "\(people.people.count, of: "person", plural: "people"), "
                + "\(people.classNames.count, of: "class", plural: "classes") "
                + "(\(people.classNames.joined(separator: ", "))), \(people.channels) channels; "
                + (parts == people.people.count
                    ? "each person is left out once"
                    : "people are left out in \(parts, of: "part")"),
            "The recordings are \(people.nature.words). Methods see the logarithm of the mean "
                + "absolute value of each channel, which needs no filter and adds what multiplies a "
                + "signal, or Hudgins' features, on the scale of training people.",
            "Accuracies in percent, means over people with 95 % intervals over people; p of "
                + "Wilcoxon's test by people, corrected by Holm. Whatever a method chooses it "
                + "chooses on training people; new people are looked at once.",
        ]
        if !settings.heldOut.isEmpty {
            lines.append(
                "held out: nobody in training has shown "
                    + settings.heldOut.joined(separator: ", "))
        }
        for error in people.leftOut { lines.append("left out: \(error.description)") }
        for failure in run.failures {
            lines.append("\(failure.method) gave nothing: \(failure.reason)")
        }
        for method in methods {
            let own = run.choices.filter { $0.method == method }
            guard !own.isEmpty else { continue }
            var names: [String] = []
            for chosen in own where !names.contains(chosen.choice.name) {
                names.append(chosen.choice.name)
            }
            let texts = names.map { name in
                let values = own.filter { $0.choice.name == name }.sorted { $0.folds > $1.folds }
                return "\(name) \(values[0].choice.value)"
                    + (values.count > 1 ? " (mostly)" : "")
            }
            lines.append("\(method) chose on training people: \(texts.joined(separator: "; "))")
        }
        return lines
    }

    /// The leaderboard for readers.
    package var markdown: String {
        func table(_ rows: [[String]]) -> String {
            let lines = rows.map { "| \($0.joined(separator: " | ")) |" }
            let rule = "| \(rows[0].map { _ in "---" }.joined(separator: " | ")) |"
            return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
        }
        return """
            # \(run.settings.name)

            \(table(accuracyRows))

            \(notes.map { "* \($0)" }.joined(separator: "\n"))

            ## In full

            \(table(detailRows))

            Data \(run.people.digest.prefix(16)), myotask \(SoftwareVersion.text).

            """
    }
}
