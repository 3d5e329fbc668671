public import EMGSignal
public import Foundation

/// The identity that a file's place tells, as laboratories of the field lay out their data:
/// `<YYYY_MM_DD_pid>/<prefix>_<condition>.csv`.
///
/// The folder's name is the session and the part behind its date is the patient; everything
/// behind the first underscore of the file's name is the condition. The prefix is the patient
/// again, or its last two characters, as the field's own tool cuts it (`11_111.csv` beside
/// `p11_111.csv`): the folder decides. In a folder without a date, the session is the folder, the
/// patient the prefix, or the folder again when there is none; a warning says so.
public struct SourceIdentity: Sendable, Hashable {
    /// The identity.
    public let identity: RecordingIdentity
    /// What does not fit together in the names.
    public let warnings: [IngestWarning]

    /// Tells the identity of a file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - override: Parts that the caller knows better.
    /// - Throws: ``IngestError`` when a part cannot be used as a name.
    public init(
        of url: URL, override: IdentityOverride = IdentityOverride()
    ) throws(IngestError) {
        let location = SourceLocation(file: url.relativePath)
        let folder = url.absoluteURL.standardizedFileURL.deletingLastPathComponent()
            .lastPathComponent
        let stem = url.deletingPathExtension().lastPathComponent
        let pidOfFolder = Self.patient(ofSession: folder)
        let underscore = stem.firstIndex(of: "_")
        let prefix = underscore.map { String(stem[..<$0]) }
        let conditionOfName = underscore.map { String(stem[stem.index(after: $0)...]) }

        // A place of another form still tells something; what is made of it is said.
        let session = override.session ?? folder
        let patient =
            override.patient ?? Self.patient(ofSession: session) ?? pidOfFolder
            ?? prefix.flatMap { $0.isEmpty ? nil : $0 } ?? folder
        let condition =
            override.condition ?? conditionOfName.flatMap { $0.isEmpty ? nil : $0 } ?? stem
        do throws(SignalError) {
            identity = try RecordingIdentity(
                patient: patient, session: session, condition: condition,
                run: override.run ?? "")
        } catch {
            throw IngestError(
                .unknownIdentity(reason: error.description), at: location,
                hint: "rename the folder or the file, or give the part yourself")
        }
        var warnings: [IngestWarning] = []
        let isAssumed =
            (override.session == nil && pidOfFolder == nil)
            || (override.condition == nil && condition == stem)
        if isAssumed {
            warnings.append(
                IngestWarning(
                    .identity, at: location,
                    message: "not named YYYY_MM_DD_patient/patient_condition: taken for patient "
                        + "\(patient), session \(session), condition \(condition)"))
        } else if override.patient == nil, let prefix, prefix != patient,
            prefix != String(patient.suffix(2))
        {
            warnings.append(
                IngestWarning(
                    .identity, at: location,
                    message: "the file name says patient \(prefix.isEmpty ? "nothing" : prefix), "
                        + "the folder \(patient): the folder decides"))
        }
        self.warnings = warnings
    }

    /// The patient in `YYYY_MM_DD_patient`; `nil` when the name is not of that form.
    static func patient(ofSession name: String) -> String? {
        let parts = name.split(
            separator: "_", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, !parts[3].isEmpty else { return nil }
        let lengths = [4, 2, 2]
        var numbers: [Int] = []
        for (part, length) in zip(parts, lengths) {
            guard part.utf8.count == length,
                part.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        guard (1...12).contains(numbers[1]), (1...31).contains(numbers[2]) else { return nil }
        return String(parts[3])
    }
}
