// Package draft keeps what somebody has typed and not filed yet, so that nothing typed is lost when a page is closed, the
// power goes, or a session ends (row M14, §五(一): the window that meets a citizen does not ask twice).
//
// A draft is working state and no record: nothing was decided, nobody else sees it, and it is forgotten after 30 days
// [usual], so the journal does not have it. All of it is sealed: it holds numbers as they were typed.
//
// Two pages of one account do not overwrite each other: a page saves over the version that it has read, or over what it
// saved itself; else it is told what is newer.
package draft
