/// What the name of a folder, or a part of a file's name, says of itself: that it is a person, a
/// visit, or the place of one kind of data.
enum PathWord {
    /// How sure it is that a name is a person's.
    enum Person: Sendable, Hashable {
        /// `p1`, `sub03`, `patient-7`.
        case certain
        /// `s1`, which is a session in `p1/s1` and a subject elsewhere.
        case likely
    }

    /// Whether a name is a person's; `nil` when it does not say so.
    static func person(_ name: String) -> Person? {
        guard let (word, number, _) = parts(name), !number.isEmpty else { return nil }
        if word == "s" { return .likely }
        return persons.contains(word) ? .certain : nil
    }

    /// Whether a name is a visit's: a date, or a word such as `day2`, `session-1`, `pre`.
    static func isSession(_ name: String) -> Bool {
        if dateLength(name) == name.count { return true }
        guard let (word, _, letter) = parts(name) else { return false }
        return letter.isEmpty && sessions.contains(word)
    }

    /// Whether a folder holds one kind of data and says nothing of whose they are.
    static func isDataFolder(_ name: String) -> Bool { dataFolders.contains(name.lowercased()) }

    /// Whether a name is a code, such as `AB12` or `007`: letters, if any, and a number.
    static func isCode(_ name: String) -> Bool {
        guard let (word, number, _) = parts(name) else { return false }
        return !number.isEmpty && word.count <= 12 && !isSession(name)
    }

    /// A person's name behind a date, as in `2024-03-05_p1`; `nil` for other names.
    static func personBehindDate(_ name: String) -> String? {
        guard let length = dateLength(name), length < name.count else { return nil }
        let rest = name.dropFirst(length)
        guard let first = rest.first, isSeparator(first) else { return nil }
        let word = String(rest.dropFirst())
        return person(word) == nil ? nil : word
    }

    // MARK: - Words

    /// Letters, a number and at most one letter behind it, with one separator between the first
    /// two; `nil` for names of another form.
    private static func parts(
        _ name: String
    ) -> (word: String, number: String, letter: String)? {
        let lower = name.lowercased()
        let word = lower.prefix { $0.isLetter }
        var rest = lower.dropFirst(word.count)
        if !word.isEmpty, let first = rest.first, isSeparator(first) {
            rest = rest.dropFirst()
            // `follow-up` is one word.
            if word == "follow", rest.hasPrefix("up") {
                return ("followup", String(rest.dropFirst(2)), "")
            }
        }
        let number = rest.prefix { $0.isASCII && $0.isNumber }
        let letter = rest.dropFirst(number.count)
        guard number.count <= 6, letter.count <= 1, letter.allSatisfy(\.isLetter),
            !(word.isEmpty && number.isEmpty), letter.isEmpty || !number.isEmpty
        else { return nil }
        return (String(word), String(number), String(letter))
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character == "-" || character == "_" || character == " " || character == "."
    }

    private static let persons: Set<String> = [
        "p", "pt", "pat", "patient", "pp", "sub", "subj", "subject", "suj", "sujet", "participant",
        "part", "person", "proband", "vp", "vpn", "id", "user", "u", "volunteer", "vol", "healthy",
        "male", "female", "amputee", "amp", "control", "ctrl", "case",
    ]

    private static let sessions: Set<String> = [
        "day", "week", "month", "year", "session", "sess", "ses", "visit", "trial", "training",
        "train", "testing", "test", "pre", "post", "before", "after", "baseline", "followup",
        "morning", "afternoon", "evening", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "timepoint", "tag", "sitzung", "termin", "woche",
    ]

    private static let dataFolders: Set<String> = [
        "emg", "eeg", "ieeg", "beh", "raw", "data", "rawdata", "csv", "txt", "edf", "bdf", "mat",
        "hdf5", "h5", "recordings", "signals",
    ]

    // MARK: - Dates

    /// How many characters at the beginning are a date, such as `2024-03-05`, `20240305` or
    /// `05.03.2024`; `nil` when none are.
    private static func dateLength(_ name: String) -> Int? {
        for lengths in [[4, 2, 2], [2, 2, 4]] {
            for isSeparated in [true, false] {
                if let length = dateLength(name, lengths, isSeparated) { return length }
            }
        }
        return nil
    }

    private static func dateLength(
        _ name: String, _ lengths: [Int], _ isSeparated: Bool
    ) -> Int? {
        var rest = name[...]
        var numbers: [Int] = []
        for (index, length) in lengths.enumerated() {
            if index > 0, isSeparated {
                guard let first = rest.first, isSeparator(first) else { return nil }
                rest = rest.dropFirst()
            }
            let digits = rest.prefix(length)
            guard digits.count == length, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
                let number = Int(digits)
            else { return nil }
            numbers.append(number)
            rest = rest.dropFirst(length)
        }
        if let next = rest.first, next.isNumber { return nil }
        if lengths[0] == 2 { numbers.swapAt(0, 2) }
        // Whether the day or the month comes first is the country's.
        let isDate =
            (1_900...2_199).contains(numbers[0])
            && ((1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
                || lengths[0] == 2 && (1...31).contains(numbers[1])
                    && (1...12).contains(numbers[2]))
        return isDate ? name.count - rest.count : nil
    }
}
