internal import EMGSignal
internal import Foundation

/// Whose recording a MATLAB file is: by the caller, by the template's path, by the variables
/// `subject` and `exercise`, by a name as Ninapro gives files, by its place.
struct MATLABIdentity {
    let url: URL
    let layout: MATLABLayout
    let template: SourceTemplate?
    let options: ReadOptions

    func identity() throws(IngestError) -> SourceIdentity {
        var stated = options
        let found = template?.paths.lazy.compactMap { $0.captures(of: url) }.first ?? [:]
        let fixed = template?.identity ?? IdentityOverride()
        stated.identity.patient = stated.identity.patient ?? found[.patient] ?? fixed.patient
        stated.identity.session = stated.identity.session ?? found[.session] ?? fixed.session
        stated.identity.condition =
            stated.identity.condition ?? found[.condition] ?? fixed.condition
        stated.identity.run = stated.identity.run ?? found[.run] ?? fixed.run
        if stated.identity.patient == nil || stated.identity.condition == nil {
            // A fault of the file is reported when it is opened.
            let file = try? MATLABReader.file(url)
            let name = Self.ninapro(url.deletingPathExtension().lastPathComponent)
            if stated.identity.patient == nil {
                stated.identity.patient =
                    Self.word(layout.subject, "s", in: file) ?? name.map { "s\($0.subject)" }
            }
            if stated.identity.condition == nil {
                stated.identity.condition =
                    Self.word(layout.exercise, "E", in: file) ?? name.map { "E\($0.exercise)" }
            }
            if stated.identity.session == nil, stated.identity.patient != nil,
                stated.identity.condition != nil
            {
                stated.identity.session =
                    url.absoluteURL.standardizedFileURL.deletingLastPathComponent()
                    .lastPathComponent
            }
        }
        return try SourceIdentity(of: url, override: stated.identity)
    }

    /// A whole number behind a letter, or a text that can be a name; `nil` for anything else.
    private static func word(
        _ path: String, _ letter: String, in file: (any MATLABFile)?
    ) -> String? {
        guard let file else { return nil }
        if let number = (try? file.scalar(path)) ?? nil, number == number.rounded(),
            (0..<1e9).contains(number)
        {
            return "\(letter)\(Int(number))"
        }
        guard let text = (try? file.text(path)) ?? nil else { return nil }
        let isName =
            text.utf8.count <= 64
            && text.utf8.allSatisfy {
                $0 == 0x2D || $0 == 0x5F || (0x30...0x39).contains($0)
                    || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            }
        return isName ? text : nil
    }

    /// Subject and exercise of `S<n>_A1_E<k>` and `S<n>_E<k>_A1`.
    static func ninapro(_ stem: String) -> (subject: Int, exercise: Int)? {
        let parts = stem.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, let subject = number(parts[0], behind: "S") else { return nil }
        for (exercise, acquisition) in [(parts[2], parts[1]), (parts[1], parts[2])] {
            if let exercise = number(exercise, behind: "E"), number(acquisition, behind: "A") != nil
            {
                return (subject, exercise)
            }
        }
        return nil
    }

    private static func number(_ part: Substring, behind letter: String) -> Int? {
        guard part.uppercased().hasPrefix(letter), (2...6).contains(part.utf8.count),
            part.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(part.dropFirst())
    }
}
