internal import EMGFormats
internal import Foundation

/// What is made of a place that follows no naming scheme: who, when and what, as far as the
/// folders and the file's name say which of them they are.
struct PlaceReading: Sendable, Hashable {
    private(set) var patient: String
    private(set) var session: String
    private(set) var condition: String
    private(set) var run = ""
    /// Whether the names say that it is so. Where they do not, another reading is as good.
    private(set) var isCertain = true
    /// Whether the patient is the beginning of the file's name and nothing says so.
    private(set) var isPrefixGuess = false
    /// Whether the names are entities of BIDS.
    private(set) var isBIDS = false
    /// The folder in which the patient's name stands for one person; in another folder the same
    /// name may be another person's.
    private(set) var scope = ""

    private let folders: Folders
    private let stem: String

    /// Reads a place.
    init(_ url: URL) {
        folders = Folders(url)
        stem = url.deletingPathExtension().lastPathComponent
        patient = folders[0]
        session = folders[0]
        condition = stem
        if readEntities() { return }
        readFolders()
    }

    /// The condition of a file whose patient is known otherwise.
    func condition(ofPatient known: String) -> String {
        isCertain && condition != stem ? condition : Self.rest(of: stem, behind: known)
    }

    // MARK: - BIDS

    /// Reads `sub-01/ses-02/emg/sub-01_ses-02_task-grip_run-1_emg.csv` and shorter forms of it.
    ///
    /// - Returns: Whether there is a subject.
    private mutating func readEntities() -> Bool {
        var entities: [BIDSName.Key: String] = [:]
        var words: [Substring] = []
        for part in stem.split(separator: "_") {
            let sides = part.split(separator: "-", maxSplits: 1)
            if sides.count == 2, let key = BIDSName.Key(rawValue: String(sides[0])) {
                entities[key] = String(sides[1])
            } else {
                words.append(part)
            }
        }
        let depth = (0..<min(5, folders.count)).first {
            folders[$0].hasPrefix(BIDSName.Key.subject.prefix)
        }
        let ofFolder = depth.map {
            String(folders[$0].dropFirst(BIDSName.Key.subject.prefix.count))
        }
        guard let subject = entities[.subject] ?? ofFolder, !subject.isEmpty else { return false }
        isBIDS = true
        isCertain = ofFolder == nil || ofFolder == subject
        patient = subject
        scope = depth.map { folders.path(above: $0) } ?? folders.path(above: -1)
        let between = (0..<(depth ?? 0)).map { folders[$0] }
        let visit = between.first { $0.hasPrefix(BIDSName.Key.session.prefix) }.map {
            String($0.dropFirst(BIDSName.Key.session.prefix.count))
        }
        session = entities[.session] ?? visit ?? between.last ?? SourceIdentity.onlySession
        let stated = BIDSName.Key.ofCondition.compactMap { entities[$0] }
        if words.count > 1, words.last == "emg" { words.removeLast() }
        if !stated.isEmpty {
            condition = stated.joined(separator: "_")
        } else if !words.isEmpty {
            condition = words.joined(separator: "_")
        }
        run = entities[.run] ?? ""
        return true
    }

    // MARK: - Folders

    private mutating func readFolders() {
        let near = folders[0]
        let far = folders.count > 1 ? folders[1] : ""
        let person = PathWord.person(near)
        if let patient = PathWord.personBehindDate(near) {
            take(patient, near, scopeAbove: 0)
        } else if PathWord.isSession(near) {
            readVisit(near, in: far)
        } else if person == .likely, PathWord.person(far) == .certain {
            take(far, near, scopeAbove: 1)
        } else if person == .likely, let prefix, PathWord.person(prefix) == .certain {
            take(prefix, near, scopeAbove: 0)
        } else if person != nil {
            readPerson(near, in: far)
        } else {
            readOther(near, in: far)
        }
    }

    /// The file lies in a visit's folder.
    private mutating func readVisit(_ visit: String, in far: String) {
        if PathWord.person(far) != nil {
            take(far, visit, scopeAbove: 1)
            isCertain = !isOthersFile(than: far)
        } else if let prefix, PathWord.person(prefix) != nil {
            take(prefix, visit, scopeAbove: 0)
        } else if PathWord.person(stem) != nil {
            take(stem, visit, scopeAbove: 0)
        } else if far.isEmpty {
            isCertain = false
        } else {
            take(far, visit, scopeAbove: 1)
            isCertain = PathWord.isCode(far)
        }
    }

    /// The file lies in a person's folder.
    private mutating func readPerson(_ person: String, in far: String) {
        let isVisit = PathWord.isSession(far)
        take(person, isVisit ? far : person, scopeAbove: isVisit ? 1 : 0)
        isCertain = PathWord.person(far) == nil && !isOthersFile(than: person)
    }

    /// The file lies in a folder that says nothing of itself.
    private mutating func readOther(_ near: String, in far: String) {
        let above = folders.count > 2 ? folders[2] : ""
        if let prefix, PathWord.person(prefix) != nil {
            take(prefix, near, scopeAbove: -1)
            isCertain = PathWord.person(far) == nil || far == prefix
        } else if PathWord.person(far) != nil {
            take(far, near, scopeAbove: 1)
            // A visit above may go with the person or with the folder below.
            isCertain = !PathWord.isSession(above) && PathWord.person(above) == nil
        } else if PathWord.isSession(far), PathWord.person(above) != nil {
            take(above, far, scopeAbove: 2)
            condition = "\(near)_\(condition)"
        } else if PathWord.isSession(far) {
            take(near, far, scopeAbove: 1)
            isCertain = PathWord.isCode(near)
        } else if PathWord.person(stem) != nil {
            take(stem, near, scopeAbove: -1)
        } else if let prefix, PathWord.isCode(prefix), !PathWord.isCode(near) {
            take(prefix, near, scopeAbove: -1)
        } else if PathWord.isCode(near) {
            take(near, near, scopeAbove: 0)
            isCertain = prefix.map { !PathWord.isCode($0) } ?? true
        } else {
            take(prefix ?? near, near, scopeAbove: -1)
            isCertain = false
            isPrefixGuess = prefix != nil
        }
    }

    private mutating func take(_ patient: String, _ session: String, scopeAbove depth: Int) {
        self.patient = patient
        self.session = session
        scope = folders.path(above: depth)
        condition = Self.rest(of: stem, behind: patient)
    }

    // MARK: - The file's name

    /// What stands before the first underscore of the file's name.
    private var prefix: String? {
        guard let end = stem.firstIndex(of: "_"), end > stem.startIndex,
            stem.index(after: end) < stem.endIndex
        else { return nil }
        return String(stem[..<end])
    }

    /// Whether the file's name begins with another person than its folder.
    private func isOthersFile(than person: String) -> Bool {
        guard let prefix, PathWord.person(prefix) == .certain else { return false }
        return prefix.lowercased() != person.lowercased()
    }

    /// A file's name without the patient it begins with.
    private static func rest(of stem: String, behind patient: String) -> String {
        guard let end = stem.firstIndex(of: "_") else { return stem }
        let prefix = stem[..<end]
        let rest = stem[stem.index(after: end)...]
        let isPatient = prefix == patient || (!prefix.isEmpty && prefix == patient.suffix(2))
        return isPatient && !rest.isEmpty ? String(rest) : stem
    }

    // MARK: - The folders' names

    /// The folders round a file from the nearest on, without those that hold one kind of data.
    private struct Folders: Sendable, Hashable {
        private let all: [String]
        private let used: Int

        init(_ url: URL) {
            all =
                url.absoluteURL.standardizedFileURL.deletingLastPathComponent().pathComponents
            var used = all.count
            while used > 2, PathWord.isDataFolder(all[used - 1]), all.count - used < 2 {
                used -= 1
            }
            // Below a folder that says nothing either, it is a folder like others.
            if !Self.tells(all[used - 1]) { used = all.count }
            self.used = max(1, used)
        }

        /// Whether a folder says whose, or from when, the data in it are.
        private static func tells(_ name: String) -> Bool {
            name.hasPrefix(BIDSName.Key.subject.prefix)
                || name.hasPrefix(BIDSName.Key.session.prefix) || PathWord.isSession(name)
                || PathWord.person(name) != nil || PathWord.isCode(name)
                || PathWord.personBehindDate(name) != nil
                || SourceIdentity.patient(ofSession: name) != nil
        }

        var count: Int { used }

        subscript(depth: Int) -> String { all[used - 1 - depth] }

        /// The path of the folder that holds the one at a depth; at depth -1 the nearest itself.
        func path(above depth: Int) -> String {
            all.prefix(max(0, used - 1 - depth)).joined(separator: "/")
        }
    }
}
