private import Foundation

/// Which column is what, by names, units and numbers.
struct ColumnRoles: Sendable {
    /// The role of each column.
    private(set) var roles: [ColumnRole]
    /// The unit of the time column.
    private(set) var timeUnit: String?
    /// Whether that is a guess by the steps.
    private(set) var isTimeUnitGuessed = false
    /// Whether the label is a guess by its values.
    private(set) var isLabelGuessed = false
    /// What is a guess, in sentences.
    private(set) var doubts: [String] = []

    private let columns: [ColumnSurvey]

    init(_ columns: [ColumnSurvey], isHeaded: Bool) {
        self.columns = columns
        roles = columns.map { column in
            if column.textShare > 0.5 { return .other("text") }
            if column.values.isEmpty { return .other("empty") }
            return .channel
        }
        takeCounters(isHeaded: isHeaded)
        takeTime(isHeaded: isHeaded)
        takeLabel(isHeaded: isHeaded)
        leaveOthersOut()
        settleTimeUnit()
    }

    /// The places of a role.
    func places(_ role: ColumnRole) -> [Int] { roles.indices.filter { roles[$0] == role } }

    // MARK: Roles

    private mutating func takeCounters(isHeaded: Bool) {
        for (place, column) in columns.enumerated() where roles[place] == .channel {
            if Self.counters.contains(Self.word(column.name)) {
                let isFirst = places(.counter).isEmpty
                roles[place] =
                    column.countsRows && isFirst
                    ? .counter : .other("a number of frames or samples")
            } else if place == 0, column.countsRows, !isHeaded || column.name.isEmpty {
                roles[place] = .counter
                doubts.append("column 1 counts rows: taken for a counter")
            }
        }
    }

    private mutating func takeTime(isHeaded: Bool) {
        func isTime(_ place: Int) -> Bool {
            let column = columns[place]
            guard column.rises || column.isClock else { return false }
            return Self.isTimeName(column.name)
                || Self.timeUnits[column.unit.lowercased()] != nil && column.isEven
                || column.isClock
        }
        let named = columns.indices.filter {
            (roles[$0] == .channel || columns[$0].isClock) && isTime($0)
        }
        if !named.isEmpty {
            for place in named { roles[place] = .time }
            return
        }
        if roles.first == .channel, columns[0].rises, columns[0].isEven, !columns[0].countsRows,
            columns[0].values.count > 10
        {
            roles[0] = .time
            doubts.append("column 1 rises evenly: taken for time")
        }
    }

    private mutating func takeLabel(isHeaded: Bool) {
        func isFew(_ column: ColumnSurvey) -> Bool {
            column.texts.count + column.numbers.count < ColumnSurvey.most
        }
        let named = columns.indices.filter { place in
            Self.labels.contains(Self.word(columns[place].name)) && roles[place] != .time
                && isFew(columns[place]) && (columns[place].isWhole || columns[place].textShare > 0)
        }
        let filled = named.filter { !columns[$0].texts.isEmpty || !columns[$0].numbers.isEmpty }
        for place in named where !filled.contains(place) { roles[place] = .other("empty") }
        func differs(_ place: Int) -> Bool {
            columns[place].texts.count + columns[place].numbers.count > 1
        }
        if let first = filled.first(where: differs) ?? filled.first {
            roles[first] = .label
            for other in filled where other != first {
                roles[other] = .other("another label")
                doubts.append(
                    "columns \(first + 1) and \(other + 1) may both be labels: column \(first + 1) is "
                        + "taken")
            }
            return
        }
        let texts = columns.indices.filter {
            roles[$0] == .other("text") && (2..<ColumnSurvey.most).contains(columns[$0].texts.count)
        }
        if texts.count == 1 {
            roles[texts[0]] = .label
            isLabelGuessed = true
            doubts.append("column \(texts[0] + 1) has few texts: taken for the label")
            return
        }
        let few = columns.indices.filter { place in
            let column = columns[place]
            return roles[place] == .channel && column.isWhole && column.stay >= 10
                && (2...20).contains(column.numbers.count)
        }
        guard let last = few.last, few.count == 1, places(.channel).count > 1 else {
            return
        }
        roles[last] = .label
        isLabelGuessed = true
        doubts.append(
            "column \(last + 1) has few whole numbers that stay for long: taken for the label")
    }

    private mutating func leaveOthersOut() {
        let channels = places(.channel)
        let emg = channels.filter { columns[$0].name.lowercased().contains("emg") }
        if !emg.isEmpty {
            for place in channels where !emg.contains(place) {
                roles[place] = .other("not named EMG")
            }
            return
        }
        let others = channels.filter { place in
            let name = columns[place].name.lowercased()
            return Self.otherSignals.contains { name.hasPrefix($0) || name.contains("_\($0)") }
                || columns[place].numbers.count == 1 && columns[place].values.count > 20
        }
        guard others.count < channels.count else { return }
        for place in others {
            roles[place] = .other(
                columns[place].numbers.count == 1 ? "always the same number" : "another signal")
        }
        let left = channels.filter { !others.contains($0) }
        if left.contains(where: { !columns[$0].name.isEmpty }) {
            doubts.append("no column is named EMG: all numbers that are nothing else are channels")
        }
    }

    // MARK: Time

    private mutating func settleTimeUnit() {
        guard let place = places(.time).first else { return }
        let column = columns[place]
        if column.isClock {
            timeUnit = "clock"
            return
        }
        let said = column.unit.isEmpty ? Self.unit(inName: column.name) : column.unit.lowercased()
        if let unit = said.flatMap({ Self.timeUnits[$0] }) {
            timeUnit = unit
            return
        }
        if column.values.first.map({ (20_000..<80_000).contains($0) }) == true, column.step < 1e-4 {
            timeUnit = "days"
        } else {
            // Of the units that give a plausible rate the one nearest to 1 kHz.
            let rates = Self.seconds.map { (unit: $0.key, rate: 1 / (column.step * $0.value)) }
                .filter { (10...100_000).contains($0.rate) }
            timeUnit = rates.min { abs(log($0.rate / 1_000)) < abs(log($1.rate / 1_000)) }?.unit
        }
        isTimeUnitGuessed = true
        if let timeUnit {
            doubts.append(
                "the unit of time is not said: \(timeUnit) by the steps of column \(place + 1)")
        } else {
            doubts.append("no unit of time gives a rate between 10 Hz and 100 kHz")
        }
    }

    private static let seconds = ["s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "min": 60.0]

    /// What units of time are called in templates.
    private static let timeUnits = [
        "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "ms": "ms", "msec": "ms",
        "millis": "ms", "milliseconds": "ms", "us": "us", "µs": "us", "μs": "us", "micros": "us",
        "microseconds": "us", "ns": "ns", "nanoseconds": "ns", "min": "min", "minutes": "min",
    ]

    private static func unit(inName name: String) -> String? {
        let words = name.lowercased().split { !$0.isLetter && $0 != "µ" && $0 != "μ" }.map(
            String.init)
        return words.last { timeUnits[$0] != nil }
    }

    private static func isTimeName(_ name: String) -> Bool {
        let lower = name.lowercased()
        let word = word(name)
        let parts = lower.split { !$0.isLetter }.map(String.init)
        return times.contains(word) || parts.contains { $0.count > 1 && times.contains($0) }
            || lower.contains("time") || lower.hasPrefix("x[s]")
            || lower.hasPrefix("x [s]") || timeUnits[word] != nil && word.count > 1
    }

    /// A name without units in brackets, blanks and marks.
    private static func word(_ name: String) -> String {
        let plain = name.lowercased().prefix { !"([{".contains($0) }
        return String(plain.filter { $0.isLetter || $0.isNumber || $0 == "#" })
    }

    private static let times: Set<String> = [
        "t", "time", "times", "zeit", "temps", "tiempo", "tempo", "tijd", "tid", "elapsed", "stamp",
        "clock", "date", "datetime", "unix", "epoch", "x",
    ]
    private static let counters: Set<String> = [
        "nseq", "seq", "sequence", "counter", "count", "frame", "frames", "subframe", "sample",
        "samples", "sampleno", "samplenumber", "index", "idx", "packet", "packetcounter", "no",
        "nr",
        "#", "row", "i", "n", "number", "framenumber", "samplecount",
    ]
    private static let labels: Set<String> = [
        "label", "labels", "class", "classes", "gesture", "gestures", "stimulus", "restimulus",
        "marker", "markers", "trigger", "triggers", "gt", "annotation", "annotations", "movement",
        "target", "activity", "task", "condition", "event", "events", "y", "cue", "phase", "state",
        "groundtruth", "move", "exercise", "action", "intent", "status",
    ]
    private static let otherSignals = [
        "acc", "gyr", "mag", "quat", "imu", "temp", "force", "angle", "bat", "ecg", "ekg", "eda",
        "gsr", "ppg", "resp", "hr", "pressure", "goni", "baro", "roll", "pitch", "yaw", "xyz",
        "torque", "marker", "di", "digital",
    ]
}
