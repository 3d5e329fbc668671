internal import EMGFormats

/// What the patient's field tells: in EDF+ a code, the sex, the birth date and the name, `X`
/// where something is not known. Names and birth dates are nobody's business and are not kept.
struct EDFPatient: Sendable, Hashable {
    /// The code by which the patient is known; `nil` when there is none.
    let code: String?
    /// `F` or `M`; `nil` when it does not say.
    let sex: String?

    /// Reads the field of a header.
    init(_ field: String) {
        let parts = field.split(separator: " ").map(String.init)
        // Plain EDF has free text there, of which no part is certainly a code.
        let isStructured =
            parts.count >= 4 && ["F", "M", EDFText.unknown].contains(parts[1])
            && (parts[2] == EDFText.unknown || EDFStart.date(long: parts[2]) != nil)
        code = isStructured && parts[0] != EDFText.unknown ? parts[0] : nil
        sex = isStructured && parts[1] != EDFText.unknown ? parts[1] : nil
    }
}
