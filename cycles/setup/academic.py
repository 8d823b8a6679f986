"""The academic levels that role levels stand at, with the words people know them by."""

ACADEMIC_LEVELS: dict[int, str] = {
    2: "GCSEs at grades 4 to 9, intermediate apprenticeship",
    3: "A levels, T level, advanced apprenticeship",
    4: "Higher national certificate, higher apprenticeship",
    5: "Foundation degree, higher national diploma",
    6: "Bachelor's degree, degree apprenticeship",
    7: "Master's degree, postgraduate certificate",
    8: "Doctorate",
}
