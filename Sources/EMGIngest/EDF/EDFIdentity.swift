internal import EMGFormats
internal import EMGSignal
internal import Foundation

/// Whose recording a file is: by the entities of a BIDS name, by its place, by its header.
enum EDFIdentity {
    static func identity(
        of url: URL, override: IdentityOverride
    ) throws(IngestError) -> SourceIdentity {
        if let name = BIDSName.recording(url) {
            return try SourceIdentity(of: url, override: entities(name, override: override))
        }
        let stated = try SourceIdentity(of: url, override: override)
        guard override.patient == nil, stated.isFromPlace || !stated.warnings.isEmpty,
            let code = patientCode(url)
        else {
            return stated
        }
        var better = override
        better.patient = code
        do throws(IngestError) {
            return try SourceIdentity(of: url, override: better)
        } catch {
            // A code that cannot be a name is no better than the place.
            return stated
        }
    }

    private static func entities(
        _ name: BIDSName, override: IdentityOverride
    ) -> IdentityOverride {
        let condition = BIDSName.Key.ofCondition.compactMap { name[$0] }
        return IdentityOverride(
            patient: override.patient ?? name[.subject],
            session: override.session ?? name[.session] ?? SourceIdentity.onlySession,
            condition: override.condition ?? condition.joined(separator: "_"),
            run: override.run ?? name[.run])
    }

    /// The patient's code of EDF+; `nil` when there is none or the header cannot be read, which
    /// opening the file will tell.
    private static func patientCode(_ url: URL) -> String? {
        guard
            let prefix = try? SourceFileReader.prefix(of: url, count: EDFField.partBytes),
            prefix.count == EDFField.partBytes
        else { return nil }
        var fields = EDFFields(prefix, file: url.relativePath)
        return EDFPatient(fields.text(.patient)).code
    }
}
