private import Foundation
private import PrintableText

/// What was found of a table, and how a template says it.
struct TableDescription: Sendable {
    let form: TableForm
    let header: HeaderRows
    let preamble: PreambleFacts
    let columns: [ColumnSurvey]
    let roles: ColumnRoles
    private let excerpt: TextExcerpt
    /// Whether units stand in the names, behind them in these brackets.
    private let nameBrackets: (open: String, close: String)?

    init(_ form: TableForm, _ excerpt: TextExcerpt) {
        let header = HeaderRows(of: form, in: excerpt)
        let names = form.columns.map { $0 < header.names.count ? header.names[$0] : "" }
        let brackets = [("(", ")"), ("[", "]")].first { open, close in
            let with = names.count { Self.unit(in: $0, open, close) != nil }
            return with > 0 && with * 2 >= names.count { !$0.isEmpty }
        }
        columns = form.columns.map { place in
            let own = place < header.units.count ? header.units[place] : ""
            let inName = ["(": ")", "[": "]"].compactMap {
                Self.unit(in: names[place], $0.key, $0.value)
            }.first
            return ColumnSurvey(
                place, of: form, name: names[place], unit: own.isEmpty ? inName ?? "" : own,
                skipping: header.countRows)
        }
        nameBrackets = header.units.isEmpty ? brackets : nil
        roles = ColumnRoles(columns, isHeaded: !header.names.isEmpty)
        let start = header.start
        preamble = PreambleFacts(
            excerpt.head[..<start],
            header: header.names.isEmpty ? nil : excerpt.head[start])
        self.form = form
        self.header = header
        self.excerpt = excerpt
    }

    /// The unit behind a name, in brackets.
    private static func unit(in name: String, _ open: String, _ close: String) -> String? {
        guard name.hasSuffix(close), let start = name.range(of: open, options: .backwards) else {
            return nil
        }
        let unit = name[start.upperBound..<name.index(before: name.endIndex)]
        return HeaderRows.isUnit(unit) ? String(unit) : nil
    }

    private var channels: [Int] { roles.places(.channel) }

    // MARK: Facts besides the table

    func writeUnit(into text: inout TemplateText, _ doubts: inout [String]) {
        let said = Set(channels.map { columns[$0].unit }.filter { !$0.isEmpty })
        guard said.isEmpty else { return }
        let values = channels.flatMap { columns[$0].values.prefix(500) }
        let isWhole = channels.allSatisfy { columns[$0].isWhole }
        let most = values.map(abs).max() ?? 0
        // Volts of EMG stay far below one, millivolts below ten.
        let guess = isWhole ? "count" : most < 0.05 ? "V" : nil
        text.member(
            "unit", guess ?? "count",
            why: guess == "count"
                ? "? whole numbers up to \(CompactText.of(most))"
                : "? the file does not say it; numbers up to \(CompactText.of(most))")
        doubts.append(
            "the unit is not said: \(guess ?? "count") (numbers up to \(CompactText.of(most)))")
    }

    func writeRate(into text: inout TemplateText, _ doubts: inout [String]) {
        guard roles.places(.time).isEmpty else { return }
        guard rateOfColumns == nil else { return }
        if let rate = preamble.rate {
            text.member(
                "rate_hz", CompactText.of(rate),
                why: "line \(preamble.rateLine) of the file says it")
            doubts.append(
                "the rate of \(CompactText.of(rate)) Hz is that of this file and holds for all")
            return
        }
        guard lacksRate else { return }
        text.comment("? The file does not say its rate; fill it in, or give --rate to convert:")
        text.comment("rate_hz: 1000")
        doubts.append("the sampling rate is nowhere: fill in rate_hz, or convert with --rate")
    }

    /// Whether neither stamps nor any line tell the rate.
    var lacksRate: Bool {
        roles.places(.time).isEmpty && preamble.rate == nil && rateOfColumns == nil
    }

    /// The rate that a row of the header gives for all channels.
    private var rateOfColumns: Double? {
        let rates = Set(channels.compactMap { $0 < header.rates.count ? header.rates[$0] : nil })
        return rates.count == 1 ? rates.first.flatMap { $0 > 0 ? $0 : nil } : nil
    }

    /// Whether some sample is missing in what was looked at.
    var hasMissing: Bool {
        (form.rows + form.laterRows.joined()).dropFirst(header.countRows).contains { row in
            channels.contains { row[$0].value == nil }
        }
    }

    func writeClasses(into text: inout TemplateText) {
        guard let label = roles.places(.label).first else { return }
        let column = columns[label]
        let values =
            column.texts.isEmpty
            ? column.numbers.sorted().map { CompactText.of($0) } : column.texts
        guard !values.isEmpty else { return }
        text.comment(
            "Label values in what was looked at: "
                + values.prefix(20).joined(separator: ", ").printable()
                + (values.count > 20 ? ", …" : ""),
            "Names for them: classes: {\(TemplateText.quoted(values[0])): rest}; what says that "
                + "nobody labeled: unlabeled: [\(TemplateText.quoted(values[0]))]")
    }

    // MARK: Form

    func writeForm(into text: inout TemplateText, _ doubts: inout [String]) {
        if let encoding = excerpt.encoding {
            text.member(
                "encoding", encoding.rawValue, depth: 1, why: "? not UTF-8: \(encoding.title)")
            doubts.append("the text is not UTF-8: taken for \(encoding.title)")
        }
        if form.width > 1 { text.member("delimiter", form.delimiter.rawValue, depth: 1) }
        if form.hasDecimalComma { text.member("decimal", "comma", depth: 1) }
        if let thousands = form.thousands {
            text.member(
                "thousands", thousands == "," ? "comma" : thousands == "." ? "point" : "blank",
                depth: 1, why: "? by its look")
            doubts.append("\"\(thousands)\" seems to stand between thousands")
        }
        let start = header.start
        if start > 0 {
            if let comment = preamble.comment {
                text.member("comment", TemplateText.quoted(comment), depth: 1)
            } else {
                text.member("skip_lines", "\(start)", depth: 1, why: "lines before the table")
            }
        }
        if header.kinds.isEmpty {
            text.member("header", "false", depth: 1)
        } else if header.kinds != [.names] {
            text.member(
                "header_rows", TemplateText.list(header.kinds.map(\.rawValue)), depth: 1)
        }
        if let nameBrackets {
            text.member(
                "name_form",
                TemplateText.quoted("{name} \(nameBrackets.open){unit}\(nameBrackets.close)"),
                depth: 1)
        }
        let missing = missingWords
        if !missing.isEmpty {
            text.member("missing", TemplateText.list(missing.map(TemplateText.quoted)), depth: 1)
        }
    }

    /// Words in columns of numbers that stand for a value that is missing.
    private var missingWords: [String] {
        let places = Set(channels + roles.places(.time))
        var words: [String] = []
        for (texts, cells) in zip(form.texts, form.rows) {
            for place in places where cells[place].value == nil {
                let word = String(texts[place])
                let isKnown =
                    word.isEmpty
                    || ["nan", "inf", "-nan", "-inf", "+inf"].contains(word.lowercased())
                if !isKnown, words.count < 8, !words.contains(word) { words.append(word) }
            }
        }
        return words
    }

    // MARK: Columns

    func writeColumns(into text: inout TemplateText) {
        text.member("channels", channelList, depth: 1, why: "\(channels.count) of them")
        let times = roles.places(.time)
        if let unit = roles.timeUnit, let first = times.first {
            if times.count > 1, times.contains(where: { $0 > (channels.first ?? 0) }) {
                text.member(
                    "time",
                    "{columns: \(TemplateText.list(times.map { "\($0 + 1)" })), unit: \(unit)}",
                    depth: 1, why: "a column of time before each channel or group")
            } else {
                text.member(
                    "time", "{column: \(reference(first)), unit: \(unit)}", depth: 1,
                    why: roles.isTimeUnitGuessed ? "? the unit is a guess by the steps" : "")
            }
        }
        if times.isEmpty, let counter = roles.places(.counter).first {
            text.member("counter", "{column: \(reference(counter))}", depth: 1)
        }
        if let label = roles.places(.label).first {
            text.member(
                "label", reference(label), depth: 1,
                why: roles.isLabelGuessed ? "?" : "")
        }
        let others = columns.indices.compactMap { place -> String? in
            guard case .other(let why) = roles.roles[place] else { return nil }
            return "\(columns[place].name.isEmpty ? "column \(place + 1)" : columns[place].name) "
                + "(\(why))"
        }
        if !others.isEmpty {
            text.comment("Not used: " + others.prefix(30).joined(separator: ", ").printable())
        }
    }

    private var channelList: String {
        let channels = channels
        if let pattern = pattern(of: channels) { return "[\(TemplateText.quoted(pattern))]" }
        let isRun = zip(channels, channels.dropFirst()).allSatisfy { $1 == $0 + 1 }
        if isRun, channels.count > 2, let first = channels.first, let last = channels.last {
            return "{from: \(first + 1), to: \(last + 1)}"
        }
        return TemplateText.list(channels.map(reference))
    }

    /// What all names of channels begin with and no other name does.
    private func pattern(of channels: [Int]) -> String? {
        let names = columns.map { $0.name.lowercased() }
        guard channels.count > 1, let first = channels.first else { return nil }
        var prefix = names[first]
        for place in channels { prefix = prefix.commonPrefix(with: names[place]) }
        // A number that all begin with is no part of a name.
        while let last = prefix.last, last.isNumber || "([ ".contains(last) { prefix.removeLast() }
        guard prefix.count >= 2, !prefix.contains("*") else { return nil }
        let fitting = names.indices.filter { names[$0].hasPrefix(prefix) }
        return fitting == channels ? "\(prefix)*" : nil
    }

    /// A column by its name, or by its number when the name does not tell.
    private func reference(_ place: Int) -> String {
        let name = columns[place].name
        let isPlain =
            !name.isEmpty && !name.contains("*") && nameBrackets == nil
            && Double(name) == nil
            && columns.count { $0.name.lowercased() == name.lowercased() } == 1
        return isPlain ? TemplateText.quoted(name) : "\(place + 1)"
    }
}
